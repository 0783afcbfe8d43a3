import type { UnitKind } from '@latchkey/contract/kinds';
import { limits } from '@latchkey/contract/limits';
import type { ManifestWarning } from '@latchkey/contract/schemas/upload-job';
import type { NewUnitError } from '@latchkey/db/upload-jobs/unit-errors-writer';
import { splitSeries } from '@latchkey/manifest/read/dicom-series';
import { visitPart } from '@latchkey/manifest/read/read-part';
import type { Unit } from '@latchkey/manifest/read/unit';
import type { Spool } from '@latchkey/spool/spool';
import type { SecretKeys } from '../access/secret-keys.js';
import type { PartMemory } from './part-memory.js';
import { PartReading } from './part-reading.js';
import type { DecideRows, PreparedPart, PrepareTask, RowDecision } from './prepared-part.js';
import { toStorableWarnings } from './storable-warnings.js';
import { toNewUnitError, type UnitFault } from './unit-errors.js';
import { applyMeasured, toUnmeasuredRow, type UnmeasuredRow } from './unmeasured.js';

/**
 * Slice of the spool -> units -> rows and errors. What a part costs in CPU is spent here. A part of which the caller
 * decides is read once for the survey and, if any row is chosen, once more for the text: units are never all in memory.
 */
export async function preparePart(
  spool: Spool,
  secretKeys: SecretKeys,
  task: PrepareTask,
  decide: DecideRows,
  memory: PartMemory,
): Promise<PreparedPart> {
  const { spoolKey, part } = task;
  const lent: Buffer<ArrayBuffer>[] = [];
  const slice = await spool.read(spoolKey, part.byteStart, part.byteEnd, (bytes) => {
    const taken = memory.take(bytes);
    lent.push(taken);
    return taken;
  });
  try {
    return await prepareSlice(slice, secretKeys, task, decide, memory);
  } finally {
    for (const { buffer } of lent) memory.giveBack(buffer);
  }
}

async function prepareSlice(
  slice: Uint8Array,
  secretKeys: SecretKeys,
  task: PrepareTask,
  decide: DecideRows,
  memory: PartMemory,
): Promise<PreparedPart> {
  const reading = new PartReading(task, secretKeys);
  const errors: NewUnitError[] = [];
  const unmeasured: UnmeasuredRow[] = [];
  const warnings = toStorableWarnings(
    readUnits(slice, task, errors, (item, index) => {
      const lacking = task.measures ? toUnmeasuredRow(item, reading.count) : null;
      if (lacking) unmeasured.push(lacking);
      reading.add(item, index, task.surveys ? 'survey' : 'row');
    }),
  );
  if (!task.surveys && unmeasured.length === 0)
    return { ...reading.build(memory), errors, warnings, movedRows: null };
  reading.clearRows();
  const decision = await decide(reading.survey(), unmeasured);
  if (decision.measured.size > 0)
    return { ...readMeasured(slice, task, secretKeys, decision, errors, memory), warnings };
  addChosen(slice, task, reading, decision.chosen);
  return { ...reading.build(memory), errors, warnings, movedRows: null };
}

function addChosen(
  slice: Uint8Array,
  task: PrepareTask,
  reading: PartReading,
  chosen: RowDecision['chosen'],
): void {
  if (chosen?.length === 0) return;
  const isChosen = chosen && new Set(chosen);
  let row = 0;
  readUnits(slice, task, [], (item) => {
    reading.addRow(item, isChosen?.has(row) ?? true);
    row += 1;
  });
}

/** The part read from its beginning, with what was measured. */
function readMeasured(
  slice: Uint8Array,
  task: PrepareTask,
  secretKeys: SecretKeys,
  { chosen, measured }: RowDecision,
  errorsOfReading: readonly NewUnitError[],
  memory: PartMemory,
): Omit<PreparedPart, 'warnings'> {
  const reading = new PartReading(task, secretKeys);
  const errors = [...errorsOfReading];
  const moved: number[] = [];
  const isChosen = chosen && new Set(chosen);
  const { titleLength } = task.rules.limits ?? limits;
  readUnits(slice, task, [], (item, index) => {
    const row = moved.length;
    moved.push(reading.count);
    const found = measured.get(row);
    if (!found) {
      reading.add(item, index, (isChosen?.has(row) ?? true) ? 'row' : 'no row');
      return;
    }
    const applied = applyMeasured(item, found);
    if ('fault' in applied) errors.push(toError(applied.fault, index, task));
    else for (const each of splitSeries(item, titleLength)) reading.add(each, index, 'row', applied.objects);
  });
  return { ...reading.build(memory), errors, movedRows: Uint32Array.from(moved) };
}

const toError = (fault: UnitFault, index: number, { part, csvColumns }: PrepareTask): NewUnitError =>
  toNewUnitError(fault, part.firstPosition + index, csvColumns);

/** `take` gets each item that a good unit makes; `index` is the unit's. */
function readUnits(
  slice: Uint8Array,
  task: PrepareTask,
  errors: NewUnitError[],
  take: (item: Unit, index: number) => void,
): readonly ManifestWarning[] {
  const { part, rules } = task;
  let count = 0;
  const { titleLength } = rules.limits ?? limits;
  // The database holds only kinds that the scanner wrote.
  const place = { ...part, kind: part.kind as UnitKind | null };
  const warnings = visitPart(slice, place, rules, (result, index) => {
    count += 1;
    if (result.ok) for (const item of splitSeries(result.unit, titleLength)) take(item, index);
    else errors.push(toError(result.error, index, task));
  });
  if (count !== part.unitCount) throw new Error(`A part of ${part.unitCount} units was read as ${count}.`);
  return warnings;
}

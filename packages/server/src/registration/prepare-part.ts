import type { UnitKind } from '@latchkey/contract/kinds';
import { limits } from '@latchkey/contract/limits';
import type { ManifestWarning } from '@latchkey/contract/schemas/upload-job';
import type { NewUnitError } from '@latchkey/db/upload-jobs/unit-errors-writer';
import { splitSeries } from '@latchkey/manifest/read/dicom-series';
import { visitPart } from '@latchkey/manifest/read/read-part';
import type { Unit } from '@latchkey/manifest/read/unit';
import type { Spool } from '@latchkey/spool/spool';
import type { SealKey } from '../access/seal.js';
import type { ChooseRows, PreparedPart, PrepareTask, UnitReferences } from './prepared-part.js';
import { RowsBuilder } from './rows-builder.js';
import { toStorableWarnings } from './storable-warnings.js';
import { toNewUnitError } from './unit-errors.js';
import { SurveyBuilder } from './unit-survey.js';

/**
 * Slice of the spool -> units -> rows and errors. What a part costs in CPU is spent here. With `choose` the part is
 * read once for the survey and, if any row is chosen, once more for the text: units are never all in memory.
 */
export async function preparePart(
  spool: Spool,
  sealKey: SealKey,
  task: PrepareTask,
  choose: ChooseRows | null,
): Promise<PreparedPart> {
  const slice = await spool.read(task.spoolKey, task.part.byteStart, task.part.byteEnd);
  const survey = new SurveyBuilder(task.part.unitCount);
  const rows = new RowsBuilder(task, survey, sealKey);
  const errors: NewUnitError[] = [];
  const references: UnitReferences[] = [];
  const warnings = readUnits(slice, task, errors, (unit, index) => {
    if (unit.references.length > 0) references.push(toReferences(unit, survey.count));
    survey.add(unit, index);
    if (!choose) rows.add(unit);
  });
  if (choose) await addChosen(slice, task, rows, await choose(survey.build()));
  return {
    rows: { ...survey.build(), ...rows.build(survey.count) },
    errors,
    warnings: toStorableWarnings(warnings),
    origins: survey.origins(),
    references,
  };
}

const toReferences = ({ kind, element, line, title, references }: Unit, row: number): UnitReferences => ({
  row,
  unit: { kind, element, line, title },
  itemIds: references,
});

async function addChosen(
  slice: Uint8Array,
  task: PrepareTask,
  rows: RowsBuilder,
  chosen: Uint32Array,
): Promise<void> {
  if (chosen.length === 0) return;
  const isChosen = new Set(chosen);
  let row = 0;
  readUnits(slice, task, [], (unit) => {
    if (isChosen.has(row)) rows.add(unit);
    else rows.skip();
    row += 1;
  });
}

/** `take` gets each item that a good unit makes; `index` is the unit's. */
function readUnits(
  slice: Uint8Array,
  { part, rules }: PrepareTask,
  errors: NewUnitError[],
  take: (item: Unit, index: number) => void,
): readonly ManifestWarning[] {
  let count = 0;
  const { titleLength } = rules.limits ?? limits;
  // The database holds only kinds that the scanner wrote.
  const place = { ...part, kind: part.kind as UnitKind | null };
  const warnings = visitPart(slice, place, rules, (result, index) => {
    count += 1;
    if (result.ok) for (const item of splitSeries(result.unit, titleLength)) take(item, index);
    else errors.push(toNewUnitError(result.error, part.firstPosition + index));
  });
  if (count !== part.unitCount) throw new Error(`A part of ${part.unitCount} units was read as ${count}.`);
  return warnings;
}

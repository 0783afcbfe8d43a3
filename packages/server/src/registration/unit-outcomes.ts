import type { UnitOutcome } from '@latchkey/contract/schemas/upload-job';
import type { Executor } from '@latchkey/db/engine/executor';
import { unitOutcome } from '@latchkey/db/upload-jobs/parts';
import { listPartOutcomes, type PartOutcomeRow } from '@latchkey/db/upload-jobs/parts-reader';
import { itemIdAt } from './item-id.js';

/** What became of one unit, as its part has it. */
export interface SettledUnit {
  readonly position: number;
  readonly kind: string | null;
  readonly element: number;
  readonly outcome: UnitOutcome;
  /** The new or known items: one, or those of a unit that makes several. */
  readonly itemIds: readonly string[];
}

interface JobState {
  readonly id: string;
  readonly status: string;
}

const { created, skipped, renewed, error } = unitOutcome;
const partsAStatement = 20;
/** Outcomes without an item: parts that registered every unit have none of them. */
const faults: ReadonlySet<UnitOutcome> = new Set(['error', 'pending', 'cancelled']);

/** The units with one of the outcomes, from the position `from` on, in the order of the manifest. */
export async function* settledUnits(
  db: Executor,
  job: JobState,
  outcomes: ReadonlySet<UnitOutcome>,
  from: number,
): AsyncGenerator<SettledUnit> {
  const withFaults = [...outcomes].every((outcome) => faults.has(outcome));
  let next = from;
  for (;;) {
    const parts = await listPartOutcomes(db, job.id, { from: next, withFaults, limit: partsAStatement });
    for (const part of parts)
      for (const unit of unitsOf(job, part))
        if (unit.position >= next && outcomes.has(unit.outcome)) yield unit;
    const last = parts.at(-1);
    if (!last || parts.length < partsAStatement) return;
    next = last.firstPosition + last.unitCount;
  }
}

export function* unitsOf(job: JobState, part: PartOutcomeRow): Generator<SettledUnit> {
  const known = (part.known_item_ids ?? []).values();
  for (let index = 0; index < part.unitCount; index++) {
    const position = part.firstPosition + index;
    const code = part.outcomes?.[index] ?? unitOutcome.none;
    yield {
      position,
      kind: part.kind,
      element: part.firstElement + index,
      outcome: toOutcome(code, job.status),
      itemIds: part.several_items?.[index] ?? itemOf(code, job.id, position, known),
    };
  }
}

function itemOf(code: number, jobId: string, position: number, known: Iterator<string>): readonly string[] {
  if (code === created) return [itemIdAt(jobId, position)];
  if (code !== skipped && code !== renewed) return [];
  const { value } = known.next();
  return value === undefined ? [] : [value];
}

function toOutcome(code: number, status: string): UnitOutcome {
  if (code === created) return 'created';
  if (code === skipped) return 'skipped';
  if (code === renewed) return 'renewed';
  if (code === error) return 'error';
  return status === 'PENDING' ? 'pending' : 'cancelled';
}

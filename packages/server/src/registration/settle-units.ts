import { type PartOutcome, unitOutcome } from '@latchkey/db/upload-jobs/parts';
import type { Known, KnownRows } from './known-rows.js';
import type { UnitSurvey } from './unit-survey.js';

export interface SettledRows {
  readonly known: KnownRows;
  /** Known ones whose object URLs were replaced. */
  readonly renewed: ReadonlySet<number>;
  /** They make no item. */
  readonly refused: ReadonlySet<number>;
}

/**
 * What became of units by what became of their items. `outcomes` has the errors. A unit of several items counts once:
 * as created if one of them is new, else as renewed if one of them is.
 */
export function settleUnits(
  outcomes: Uint8Array,
  rows: Pick<UnitSurvey, 'indexes' | 'numbers'>,
  { known, renewed, refused }: SettledRows,
  makeId: (row: number) => string,
): PartOutcome {
  const knownItemIds: string[] = [];
  const severalItems: Record<number, string[]> = {};
  rows.indexes.forEach((index, row) => {
    if (refused.has(row)) return;
    const item = known.get(row);
    const outcome = outcomeOf(item, renewed.has(row));
    if (isOneOfSeveral(rows, row)) {
      outcomes[index] = strongerOf(outcomes[index] ?? unitOutcome.none, outcome);
      severalItems[index] = [...(severalItems[index] ?? []), item?.id ?? makeId(row)];
      return;
    }
    outcomes[index] = outcome;
    if (item) knownItemIds.push(item.id);
  });
  return { outcomes, knownItemIds, severalItems };
}

function isOneOfSeveral({ numbers }: Pick<UnitSurvey, 'numbers'>, row: number): boolean {
  return (numbers[row] ?? 0) > 0 || (numbers[row + 1] ?? 0) > 0;
}

function outcomeOf(known: Known | undefined, isRenewed: boolean): number {
  if (!known) return unitOutcome.created;
  return isRenewed ? unitOutcome.renewed : unitOutcome.skipped;
}

function strongerOf(one: number, other: number): number {
  const { created, renewed } = unitOutcome;
  return [created, renewed].find((outcome) => outcome === one || outcome === other) ?? other;
}

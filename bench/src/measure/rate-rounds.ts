import { medianOf } from './percentiles.js';
import type { ReportRow } from './report.js';

/** One call and what it is held against, both of which get the number of the call. */
export interface RateCase {
  readonly what: string;
  readonly unit: string;
  readonly work: (index: number) => unknown;
  readonly floor: (index: number) => unknown;
  /** Of the items: slow calls are made less often. */
  readonly share?: number;
}

/** Rounds of figure and floor that alternate; what is shown are the medians. */
export function rateRow(
  { what, unit, work, floor, share = 1 }: RateCase,
  items: number,
  rounds: number,
): ReportRow {
  const count = Math.max(1, Math.floor(items * share));
  const warmUp = Math.min(count, 2000);
  for (const call of [work, floor]) callsPerSecond(call, warmUp);
  const pairs = Array.from({ length: rounds }, () => ({
    measured: callsPerSecond(work, count),
    floor: callsPerSecond(floor, count),
  }));
  return {
    what,
    unit,
    measured: medianOf(pairs.map(({ measured }) => measured)),
    floor: medianOf(pairs.map((pair) => pair.floor)),
    ratio: medianOf(pairs.map((pair) => pair.measured / pair.floor)),
  };
}

function callsPerSecond(call: (index: number) => unknown, count: number): number {
  // Kept, so that no call is found to be of no use.
  let last: unknown;
  const begin = performance.now();
  for (let index = 0; index < count; index += 1) last = call(index);
  const seconds = (performance.now() - begin) / 1000;
  if (last === undefined) throw new Error('A call of the benchmark answered nothing.');
  return count / seconds;
}

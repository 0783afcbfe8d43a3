import { extremesOf } from './extremes.js';
import type { Series } from './read-series.js';

export interface TimeRange {
  readonly min: number;
  readonly max: number;
}

/** As many points as are worth drawing; null is a gap. */
export interface SeriesView {
  readonly times: number[];
  readonly values: (number | null)[][];
}

/** The first index whose time is not before `time`. */
export function indexAt(times: Float64Array, time: number): number {
  let from = 0;
  let to = times.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((times[middle] ?? 0) < time) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** What of the series lies in a range, and one point to each side; thinned out to two points a bucket. */
export function viewOf({ times, channels }: Series, range: TimeRange, buckets: number): SeriesView {
  const from = Math.max(0, indexAt(times, range.min) - 1);
  const to = Math.min(times.length, indexAt(times, range.max) + 1);
  const gap = (value: number) => (Number.isNaN(value) ? null : value);
  if (to - from <= buckets * 4)
    return {
      times: [...times.subarray(from, to)],
      values: channels.map(({ values }) => Array.from(values.subarray(from, to), gap)),
    };
  const edges = Array.from({ length: buckets + 1 }, (_, at) =>
    Math.floor(from + ((to - from) * at) / buckets),
  );
  const each = edges.slice(1).map((end, at) => [edges[at] ?? from, end] as const);
  return {
    times: each.flatMap(([start, end]) => [times[start] ?? 0, times[(start + end) >> 1] ?? 0]),
    values: channels.map(({ values }) =>
      each.flatMap(([start, end]) => extremesOf(values, start, end).map(gap)),
    ),
  };
}

export const fullRange = ({ times }: Series): TimeRange => {
  const min = times[0] ?? 0;
  const max = times[times.length - 1] ?? min;
  return max > min ? { min, max } : { min: min - 0.5, max: max + 0.5 };
};

/** Zooms about a time, not beyond the whole. */
export function zoomedRange(range: TimeRange, full: TimeRange, factor: number, about: number): TimeRange {
  const min = about - (about - range.min) / factor;
  const max = about + (range.max - about) / factor;
  const isTooClose = max - min < Math.max(1e-9, Math.abs(about) * 1e-12);
  return isTooClose ? range : { min: Math.max(min, full.min), max: Math.min(max, full.max) };
}

/** Moves by a share of what is shown, not beyond the ends. */
export function pannedRange(range: TimeRange, full: TimeRange, share: number): TimeRange {
  const width = range.max - range.min;
  const min = Math.min(Math.max(range.min + width * share, full.min), full.max - width);
  return { min, max: min + width };
}

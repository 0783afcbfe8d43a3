import type { PointCloud } from '../point-cloud/point-cloud.js';

/** Clouds by the id of their member, the one that came last at the end. */
export type KeptClouds = ReadonlyMap<string, PointCloud>;

/** Points that stay in memory, so that going back and forth loads nothing anew. */
export const maxKeptPoints = 8_000_000;

/** With one more, and without the oldest as soon as they are too many; those that are shown stay. */
export function withCloud(
  kept: KeptClouds,
  id: string,
  cloud: PointCloud,
  shown: ReadonlySet<string>,
): KeptClouds {
  const next = new Map([...kept, [id, cloud]]);
  let points = [...next.values()].reduce((sum, { count }) => sum + count, 0);
  for (const [old, { count }] of kept) {
    if (points <= maxKeptPoints) break;
    if (shown.has(old) || old === id) continue;
    next.delete(old);
    points -= count;
  }
  return next;
}

import { type Static, Type } from 'typebox';
import { limits, type ManifestLimits, manifestLimitNames } from '../limits.js';

const Limit = Type.Integer({ minimum: 1 });
type LimitName = keyof ManifestLimits | 'pageSizeMax' | 'bulkItems' | 'longPollSeconds';

/** The limits of this server: sizes in bytes, lengths in UTF-16 code units, times in seconds. */
export const ServerLimits = Type.Object({
  ...(Object.fromEntries(manifestLimitNames.map((name) => [name, Limit])) as Record<
    keyof ManifestLimits,
    typeof Limit
  >),
  pageSizeMax: Limit,
  bulkItems: Limit,
  longPollSeconds: Limit,
});
export type ServerLimits = Static<typeof ServerLimits>;

export function toServerLimits(manifest: ManifestLimits): ServerLimits {
  const { pageSizeMax, bulkItems, longPollSeconds } = limits;
  return { ...manifest, pageSizeMax, bulkItems, longPollSeconds } satisfies Record<LimitName, number>;
}

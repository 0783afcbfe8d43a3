import { type Static, Type } from 'typebox';
import { limits, type ManifestLimits, manifestLimitNames } from '../limits.js';
import { Nullable } from './common.js';

const Limit = Type.Integer({ minimum: 1 });
type LimitName = keyof ManifestLimits | 'pageSizeMax' | 'bulkItems' | 'longPollSeconds';

/** What the operator allows in all; null: any number. */
const ServerQuotas = Type.Object({
  items: Nullable(Limit),
  runningJobsPerUser: Nullable(Limit),
  spoolBytes: Nullable(Limit),
  spoolBytesPerUser: Nullable(Limit),
  apiTokensPerUser: Nullable(Limit),
});
export type ServerQuotas = Static<typeof ServerQuotas>;

/** The limits of this server: sizes in bytes, lengths in UTF-16 code units, times in seconds. */
export const ServerLimits = Type.Object({
  ...(Object.fromEntries(manifestLimitNames.map((name) => [name, Limit])) as Record<
    keyof ManifestLimits,
    typeof Limit
  >),
  pageSizeMax: Limit,
  bulkItems: Limit,
  longPollSeconds: Limit,
  quotas: ServerQuotas,
});
export type ServerLimits = Static<typeof ServerLimits>;

export function toServerLimits(manifest: ManifestLimits, quotas: ServerQuotas): ServerLimits {
  const { pageSizeMax, bulkItems, longPollSeconds } = limits;
  const all = { ...manifest, pageSizeMax, bulkItems, longPollSeconds } satisfies Record<LimitName, number>;
  return { ...all, quotas };
}

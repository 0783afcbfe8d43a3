import { LatchkeyError } from '@latchkey/contract/errors';
import type { Executor } from '@latchkey/db/engine/executor';
import { countAllItems } from '@latchkey/db/items/count';
import { countRunningJobs } from '@latchkey/db/upload-jobs/reader';
import { lockSpoolQuota, sumSpooledBytes } from '@latchkey/db/upload-jobs/spooled-bytes';
import { countApiTokens } from '@latchkey/db/users/reader';
import type { AppContext } from './context.js';
import { countOf } from './http/count-of.js';

/**
 * Called behind the statement that added items, in its transaction, which rolls back if they are too many. Others that
 * commit at the same moment are not seen: parts that are under way may go over the quota together.
 */
export async function mustFitItems({ config }: Pick<AppContext, 'config'>, tx: Executor): Promise<void> {
  const { items: allowed } = config.quotas;
  if (allowed === null) return;
  const found = await countAllItems(tx);
  if (found <= allowed) return;
  throw quotaExceeded(
    'items',
    allowed,
    `This server takes ${countOf(allowed, 'item', 'items')} in all (LATCHKEY_MAX_ITEMS), and with these there would be ${found}. Delete items that nobody needs, or ask the operator to raise the quota.`,
  );
}

/** Called behind the statement that added the job. */
export async function mustFitJobs(
  { config }: Pick<AppContext, 'config'>,
  tx: Executor,
  userId: string,
): Promise<void> {
  const { runningJobsPerUser: allowed } = config.quotas;
  if (allowed === null) return;
  const running = await countRunningJobs(tx, userId);
  if (running <= allowed) return;
  throw quotaExceeded(
    'runningJobsPerUser',
    allowed,
    `A user may have ${countOf(allowed, 'upload job', 'upload jobs')} at a time (LATCHKEY_MAX_RUNNING_JOBS_PER_USER), and ${running - 1} of yours have not ended. Wait for one of them, or cancel it, then start this one again; nothing of it was kept.`,
  );
}

/**
 * `received`: the bytes of the user's new manifest, which count already; in the transaction that starts its job. Without,
 * before a manifest is received: what is used up is refused before its first byte.
 */
export async function mustFitSpool(
  { config }: Pick<AppContext, 'config'>,
  db: Executor,
  userId: string,
  received?: number,
): Promise<void> {
  const { spoolBytes, spoolBytesPerUser } = config.quotas;
  if (spoolBytes === null && spoolBytesPerUser === null) return;
  if (received !== undefined) await lockSpoolQuota(db);
  const mustFit = async (quota: SpoolQuota, allowed: number | null, of: string | null): Promise<void> => {
    if (allowed === null) return;
    const held = await sumSpooledBytes(db, of);
    if (received === undefined ? held < allowed : held <= allowed) return;
    throw spoolExceeded(quota, allowed, held, received, config.manifestRetentionHours);
  };
  await mustFit('spoolBytesPerUser', spoolBytesPerUser, userId);
  await mustFit('spoolBytes', spoolBytes, null);
}

type SpoolQuota = 'spoolBytes' | 'spoolBytesPerUser';

const spoolSettings: Readonly<Record<SpoolQuota, readonly [whose: string, setting: string]>> = {
  spoolBytes: ['all users together', 'LATCHKEY_MAX_SPOOL_BYTES'],
  spoolBytesPerUser: ['a user', 'LATCHKEY_MAX_SPOOL_BYTES_PER_USER'],
};

function spoolExceeded(
  quota: SpoolQuota,
  allowed: number,
  held: number,
  received: number | undefined,
  retentionHours: number,
): LatchkeyError {
  const [whose, setting] = spoolSettings[quota];
  const found = received === undefined ? `${held} are held` : `with these ${received} there would be ${held}`;
  return quotaExceeded(
    quota,
    allowed,
    `The spool holds ${countOf(allowed, 'byte', 'bytes')} of manifests of ${whose} (${setting}), and ${found}. A manifest leaves it when all its units are registered, and ${countOf(retentionHours, 'hour', 'hours')} after its job where some are not. Wait for jobs to end, split the manifest, or ask the operator to raise the quota; nothing of it was kept.`,
  );
}

/** Called behind the statement that added the token, in its transaction. */
export async function mustFitApiTokens(
  { config }: Pick<AppContext, 'config'>,
  tx: Executor,
  userId: string,
): Promise<void> {
  const { apiTokensPerUser: allowed } = config.quotas;
  if (allowed === null) return;
  const found = await countApiTokens(tx, userId);
  if (found <= allowed) return;
  throw quotaExceeded(
    'apiTokensPerUser',
    allowed,
    `A user may have ${countOf(allowed, 'API token', 'API tokens')} that have not expired (LATCHKEY_MAX_API_TOKENS_PER_USER), and there are ${found - 1}. Delete one that is not used, or ask the operator to raise the quota.`,
  );
}

function quotaExceeded(quota: string, allowed: number, message: string): LatchkeyError {
  return new LatchkeyError('quota_exceeded', message, { details: { quota, allowed } });
}

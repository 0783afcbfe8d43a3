import { LatchkeyError } from '@latchkey/contract/errors';
import type { Executor } from '@latchkey/db/engine/executor';
import { countAllItems } from '@latchkey/db/items/count';
import { countRunningJobs } from '@latchkey/db/upload-jobs/reader';
import type { AppContext } from '../context.js';
import { countOf } from '../http/count-of.js';

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

function quotaExceeded(quota: string, allowed: number, message: string): LatchkeyError {
  return new LatchkeyError('quota_exceeded', message, { details: { quota, allowed } });
}

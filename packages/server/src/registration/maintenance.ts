import { deleteOldJobs, registeredSince } from '@latchkey/db/upload-jobs/retention';
import { removeOldAuditEntries } from '../audit/retention.js';
import type { AppContext } from '../context.js';
import { keepMetadataEntries } from '../metadata-schema/keep-entries.js';
import { noticeExpiring } from '../notifications/notice-expiring.js';
import { noticeExpiringTokens, removeExpiredTokens } from '../notifications/notice-expiring-tokens.js';
import { removeOldEvents } from '../webhooks/deliver.js';
import { removeDisposableManifests } from './spooled-manifests.js';

const intervalMs = 60_000;
const batch = 100;

/** Cleans up, and gives notice of items that expire, until the signal aborts: whenever a job has finished, and once a minute. */
export async function runMaintenance(context: AppContext, signal: AbortSignal): Promise<void> {
  let maintainedAt = context.now();
  while (!signal.aborted) {
    // First, and each by itself: a spool that is down delays no notice.
    await tried(context, 'noticing what expires', () => noticeExpiring(context));
    await tried(context, 'noticing tokens that expire', () => noticeExpiringTokens(context));
    await tried(context, 'cleaning up after jobs', () => cleanUp(context));
    await tried(context, 'entering items by their client metadata', () => keepMetadataEntries(context));
    await tried(context, 'removing expired tokens', () => removeExpiredTokens(context));
    await tried(context, 'removing old audit entries', () => removeOldAuditEntries(context));
    await tried(context, 'removing old events of webhooks', () => removeOldEvents(context));
    await tried(context, 'maintaining the database', async () => {
      maintainedAt = await maintainDatabase(context, maintainedAt);
    });
    await context.jobEvents.waitForAnyFinish(intervalMs, signal);
  }
}

async function tried({ log }: AppContext, what: string, work: () => Promise<void>): Promise<void> {
  await work().catch((error: unknown) => log.warn({ err: error }, `${what} failed; it is tried again`));
}

/** Removes what nobody needs any more: manifests from the spool, and old jobs with their results. */
export async function cleanUp(context: AppContext): Promise<void> {
  await removeDisposableManifests(context);
  const keepSeconds = context.config.jobRetentionDays * 24 * 3600;
  while ((await deleteOldJobs(context.db, keepSeconds, batch)) > 0);
}

const registeredForMaintenance = 50_000;

/**
 * The embedded database has no daemon that keeps statistics and indexes in order: that is due when many items have come
 * since `since` and no job waits for it. Answers when it was done last, in epoch milliseconds.
 */
async function maintainDatabase({ db, now }: AppContext, since: number): Promise<number> {
  if (db.engine !== 'pglite') return since;
  const { registered, pending } = await registeredSince(db, since);
  if (pending || registered < registeredForMaintenance) return since;
  const started = now();
  await db.maintain();
  return started;
}

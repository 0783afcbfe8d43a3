import {
  deleteSpooledManifests,
  insertSpooledManifest,
  listDisposableManifests,
} from '@latchkey/db/upload-jobs/retention';
import type { AppContext } from '../context.js';

/** Notes a manifest before its first byte, so that it is found again if its upload breaks off with the process. */
export async function reserveManifest(context: AppContext, jobId: string): Promise<string> {
  const spoolKey = `${jobId}.manifest`;
  await insertSpooledManifest(context.db, spoolKey);
  return spoolKey;
}

/** Of an upload that became no job, or whose job was deleted. What can't be removed now is found by `removeDisposableManifests` a day later. */
export async function discardManifest(context: AppContext, spoolKey: string): Promise<void> {
  try {
    await context.spool.remove(spoolKey);
    await deleteSpooledManifests(context.db, [spoolKey]);
  } catch (error) {
    context.log.warn({ err: error, spoolKey }, 'a manifest could not be removed; it is tried again later');
  }
}

const batch = 100;

/** Removes the manifests that nobody needs any more; answers how many. */
export async function removeDisposableManifests(context: AppContext): Promise<number> {
  const keepSeconds = context.config.manifestRetentionHours * 3600;
  const spoolKeys = await listDisposableManifests(context.db, keepSeconds, batch);
  for (const spoolKey of spoolKeys) await context.spool.remove(spoolKey);
  if (spoolKeys.length > 0) await deleteSpooledManifests(context.db, spoolKeys);
  return spoolKeys.length;
}

import {
  deleteSpooledManifests,
  insertSpooledManifest,
  listDisposableManifests,
} from '@latchkey/db/upload-jobs/retention';
import { mustMakeCurrent } from '../access/hold-secret-key.js';
import type { AppContext } from '../context.js';

/** Notes a manifest before its first byte, so that it is found again if its upload breaks off with the process. */
export async function reserveManifest(context: AppContext, jobId: string): Promise<string> {
  const spoolKey = `${jobId}.manifest`;
  const secretKeyId = await insertSpooledManifest(context.db, spoolKey);
  if (secretKeyId !== null) mustMakeCurrent(context, secretKeyId);
  return spoolKey;
}

/** Of an upload that became no job, or whose job was deleted. What can't be removed now is found by `removeDisposableManifests` a day later. */
export async function discardManifest(context: AppContext, spoolKey: string): Promise<void> {
  if (!(await isRemoved(context, spoolKey))) return;
  await deleteSpooledManifests(context.db, [spoolKey]).catch((error: unknown) =>
    context.log.warn({ err: error, spoolKey }, 'a removed manifest is still noted; that is mended later'),
  );
}

const batch = 100;

/** Removes the manifests that nobody needs any more. One that can't be removed holds up no other; it is tried again the next time. */
export async function removeDisposableManifests(context: AppContext): Promise<void> {
  const keepSeconds = context.config.manifestRetentionHours * 3600;
  for (let after: string | undefined = ''; after !== undefined; ) {
    const spoolKeys: string[] = await listDisposableManifests(context.db, keepSeconds, batch, after);
    const removed: string[] = [];
    for (const spoolKey of spoolKeys) if (await isRemoved(context, spoolKey)) removed.push(spoolKey);
    if (removed.length > 0) await deleteSpooledManifests(context.db, removed);
    after = spoolKeys[batch - 1];
  }
}

async function isRemoved({ spool, log }: AppContext, spoolKey: string): Promise<boolean> {
  try {
    await spool.remove(spoolKey);
    return true;
  } catch (error) {
    log.warn({ err: error, spoolKey }, 'a manifest could not be removed; it is tried again later');
    return false;
  }
}

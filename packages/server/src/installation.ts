import { setTimeout as delay } from 'node:timers/promises';
import { updateSpoolMarker } from '@latchkey/db/installation/installation';
import { listUnfinishedJobs } from '@latchkey/db/upload-jobs/reader';
import { type Spool, SpoolMissingError } from '@latchkey/spool/spool';
import { ConfigError } from './config/settings.js';
import type { AppContext } from './context.js';
import { adoptSecretKeys } from './secret-keys/adopt-secret-keys.js';
import { markBytes, newMarker, writeMark } from './secret-keys/spool-marker.js';

/**
 * Processes of one database must share the secret keys and the spool: one that has others could register nothing, and
 * would fail the parts that it took. Throws `ConfigError` for such a one.
 */
export async function joinInstallation(context: AppContext): Promise<void> {
  const own = newMarker();
  const marker = await adoptSecretKeys(context, own);
  if (marker === own) return writeMark(context.spool, own);
  if (await sees(context.spool, marker)) return;
  await moveSpool(context);
}

const looks = 20;
const lookEveryMs = 250;

/** The first process may be about to write it. */
async function sees(spool: Spool, marker: string): Promise<boolean> {
  for (let look = 1; ; look++) {
    try {
      await spool.read(marker, 0, markBytes);
      return true;
    } catch (error) {
      if (!(error instanceof SpoolMissingError)) throw error;
      if (look === looks) return false;
    }
    await delay(lookEveryMs);
  }
}

/** The spool may be put elsewhere while no job needs what is in it, by a process that receives manifests. */
async function moveSpool({ db, spool, config }: AppContext): Promise<void> {
  const unfinished = await listUnfinishedJobs(db);
  if (config.role === 'worker' || unfinished.length > 0) {
    throw new ConfigError(
      'LATCHKEY_SPOOL_URL is not the spool of the other processes of this database. Give every process the same shared directory or bucket; to move it, let all upload jobs finish first.',
    );
  }
  const marker = newMarker();
  await writeMark(spool, marker);
  await updateSpoolMarker(db, marker);
}

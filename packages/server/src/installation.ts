import { createHmac, type KeyObject } from 'node:crypto';
import { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { getOrInsertInstallation, updateSpoolMarker } from '@latchkey/db/installation/installation';
import { listUnfinishedJobs } from '@latchkey/db/upload-jobs/reader';
import { type Spool, SpoolMissingError } from '@latchkey/spool/spool';
import { v7 as uuidv7 } from 'uuid';
import { ConfigError } from './config/settings.js';
import type { AppContext } from './context.js';

const mark = Buffer.from('latchkey');

/**
 * Processes of one database must share the secret key and the spool: one that has others could register nothing, and
 * would fail the parts that it took. Throws `ConfigError` for such a one.
 */
export async function joinInstallation(context: AppContext, secretKey: KeyObject): Promise<void> {
  const keyCheck = createHmac('sha256', secretKey).update('latchkey installation').digest();
  const own = newMarker();
  const installation = await getOrInsertInstallation(context.db, keyCheck, own);
  if (!installation.key_check.equals(keyCheck)) {
    throw new ConfigError(
      'LATCHKEY_SECRET_KEY is not the key that this database was set up with. Give every process that key: without it the signatures in the database are lost.',
    );
  }
  if (installation.spool_marker === own) return writeMark(context.spool, own);
  if (await sees(context.spool, installation.spool_marker)) return;
  await moveSpool(context);
}

const newMarker = (): string => `${uuidv7()}.manifest`;

const writeMark = (spool: Spool, marker: string): Promise<void> => spool.write(marker, Readable.from([mark]));

const looks = 20;
const lookEveryMs = 250;

/** The first process may be about to write it. */
async function sees(spool: Spool, marker: string): Promise<boolean> {
  for (let look = 1; ; look++) {
    try {
      await spool.read(marker, 0, mark.length);
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

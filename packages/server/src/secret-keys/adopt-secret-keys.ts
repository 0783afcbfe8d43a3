import { setTimeout as delay } from 'node:timers/promises';
import { insertAuditEntries } from '@latchkey/db/audit/writer';
import { isLockTimeout } from '@latchkey/db/engine/errors';
import type { Executor } from '@latchkey/db/engine/executor';
import { getOrInsertInstallation, type InstallationRow } from '@latchkey/db/installation/installation';
import { listSecretKeys } from '@latchkey/db/secret-keys/reader';
import { sealedPlaces } from '@latchkey/db/secret-keys/sealed-places';
import {
  insertResealing,
  lockCurrentKey,
  makeKeyCurrent,
  nameFirstKey,
} from '@latchkey/db/secret-keys/writer';
import { boundLockWaits } from '@latchkey/db/upload-jobs/register-items';
import { v7 as uuidv7 } from 'uuid';
import { keyCheckOf, type SealKey, type SecretKeys } from '../access/secret-keys.js';
import type { AppContext } from '../context.js';
import { foreignKey, mustHaveAll } from './needed-keys.js';

/**
 * Brings the secret keys of this process and of the database together: the newest key of the process, if the database
 * has never seen it, seals from now on, and what older keys have sealed is sealed again. A key that was replaced never
 * comes back as the current one. Throws `ConfigError` if a key that is still needed is missing. Answers the marker of
 * the spool.
 */
export async function adoptSecretKeys(context: AppContext, ownMarker: string): Promise<string> {
  const { db, secretKeys } = context;
  const { newest } = secretKeys;
  const installation = await getOrInsertInstallation(db, keyCheckOf(newest), ownMarker);
  const known = await listSecretKeys(db);
  const isKnown = known.some(({ id }) => id.equals(newest.id));
  if (installation.secret_key_id !== null && isKnown) {
    mustHaveAll(secretKeys, known, false);
    secretKeys.makeCurrent(installation.secret_key_id);
  } else secretKeys.makeCurrent(await changeKeys(context));
  return installation.spool_marker;
}

const lockWaitSeconds = 2;

/** A registration that commits as a whole may hold the key for minutes; meanwhile others must be able to hold it, too. */
async function changeKeys(context: AppContext): Promise<Buffer> {
  for (;;) {
    try {
      return await context.db.transaction(async (tx) => {
        await boundLockWaits(tx, lockWaitSeconds);
        await lockCurrentKey(tx);
        return changeLocked(tx, context);
      });
    } catch (error) {
      if (!isLockTimeout(error)) throw error;
      context.log.info('the new secret key waits for a registration to be committed');
      await delay(lockWaitSeconds * 1000, undefined, { signal: context.stopping });
    }
  }
}

/** Answers the id of the current key. */
async function changeLocked(tx: Executor, { secretKeys, log }: AppContext): Promise<Buffer> {
  const { newest } = secretKeys;
  const installation = await getOrInsertInstallation(tx, keyCheckOf(newest), '');
  const currentId = installation.secret_key_id ?? (await nameKey(tx, secretKeys, installation));
  const known = await listSecretKeys(tx);
  const isNew = !known.some(({ id }) => id.equals(newest.id));
  mustHaveAll(secretKeys, known, isNew);
  if (!isNew) return currentId;
  await replaceKey(tx, newest);
  const secretKeyId = newest.id.toString('hex');
  log.info({ secretKeyId }, 'a new secret key seals from now on; what others have sealed is sealed again');
  return newest.id;
}

/** The first key of an installation, or of one that is older than the names of keys. Answers its id. */
async function nameKey(tx: Executor, secretKeys: SecretKeys, installation: InstallationRow): Promise<Buffer> {
  const first = secretKeys.all.find((key) => keyCheckOf(key).equals(installation.key_check));
  if (!first) throw foreignKey();
  await makeKeyCurrent(tx, first.id, installation.key_check);
  await nameFirstKey(tx, first.id);
  return first.id;
}

async function replaceKey(tx: Executor, key: SealKey): Promise<void> {
  const [first] = sealedPlaces;
  await makeKeyCurrent(tx, key.id, keyCheckOf(key));
  if (first) await insertResealing(tx, key.id, first.table);
  await insertAuditEntries(tx, [
    {
      id: uuidv7(),
      userId: null,
      action: 'secret-key.replace',
      subjectType: 'installation',
      subjectId: null,
      details: { secretKeyId: key.id.toString('hex') },
    },
  ]);
}

import type { Executor } from '@latchkey/db/engine/executor';
import { getSpoolMarker, updateSpoolMarker } from '@latchkey/db/installation/installation';
import { countManifestsOfOtherKeys, lockResealing, type ResealingRow } from '@latchkey/db/secret-keys/reader';
import {
  listSealed,
  type Resealed,
  type SealedPlace,
  sealedPlaces,
  updateSealed,
} from '@latchkey/db/secret-keys/sealed-places';
import { finishResealing, moveResealing } from '@latchkey/db/secret-keys/writer';
import {
  deleteSpooledManifests,
  insertDisposable,
  insertSpooledManifest,
} from '@latchkey/db/upload-jobs/retention';
import { holdSecretKey } from '../access/hold-secret-key.js';
import { keyIdOf, seal, unseal } from '../access/seal.js';
import type { SecretKeys } from '../access/secret-keys.js';
import type { AppContext } from '../context.js';
import { newMarker, writeMark } from './spool-marker.js';

/** Each of them a transaction of some 50 ms: on the embedded database all requests wait for it. */
const batchRows = 500;

/** Behind the tables: the mark by which processes know the spool, and the manifests in it. */
const spoolPlace = 'spool';

export type ResealOutcome =
  /** There is more to do. */
  | 'moved'
  /** Another process works on it, or manifests of another key are still needed. */
  | 'waits'
  | 'done';

/**
 * Seals the next rows again. How far it has come is written in the same transaction: whichever process goes on, after a
 * crash as well, goes on behind what was committed last. Values that are sealed meanwhile have the current key already.
 */
export async function resealNext(context: AppContext): Promise<ResealOutcome> {
  const outcome = await context.db.transaction(async (tx) => {
    await holdSecretKey(tx, context);
    const resealing = await lockResealing(tx, context.secretKeys.current.id);
    if (!resealing) return 'waits';
    const place = sealedPlaces.find(({ table }) => table === resealing.place);
    if (place) return resealRows(tx, context.secretKeys, place, resealing);
    return resealing.after_id === null ? 'marker' : settle(tx, context);
  });
  return outcome === 'marker' ? replaceMarker(context) : outcome;
}

async function resealRows(
  tx: Executor,
  secretKeys: SecretKeys,
  place: SealedPlace,
  { after_id }: ResealingRow,
): Promise<ResealOutcome> {
  const { id: keyId } = secretKeys.current;
  const rows = await listSealed(tx, place, after_id, batchRows);
  const changes = rows.flatMap(({ id, bound_to, sealed }): Resealed[] => {
    if (sealed === null || keyIdOf(sealed).equals(keyId)) return [];
    return [{ id, before: sealed, after: seal(secretKeys, bound_to, unseal(secretKeys, bound_to, sealed)) }];
  });
  if (changes.length > 0) await updateSealed(tx, place, changes);
  const isLast = rows.length < batchRows;
  await moveResealing(tx, keyId, {
    place: isLast ? placeAfter(place) : place.table,
    afterId: isLast ? null : (rows.at(-1)?.id ?? null),
    lookedAt: rows.length,
    resealed: changes.length,
  });
  return 'moved';
}

const placeAfter = (place: SealedPlace): string =>
  sealedPlaces[sealedPlaces.indexOf(place) + 1]?.table ?? spoolPlace;

/**
 * A new mark, sealed with the current key. It is noted like a manifest while nothing names it, and so is the former one
 * from then on: both are removed a day later if the process ends in between.
 */
async function replaceMarker(context: AppContext): Promise<ResealOutcome> {
  const { db, spool, secretKeys } = context;
  const marker = newMarker();
  await insertSpooledManifest(db, marker);
  await writeMark(spool, marker);
  return db.transaction(async (tx) => {
    const { id: keyId } = secretKeys.current;
    if (!(await lockResealing(tx, keyId))) return 'waits';
    const former = await getSpoolMarker(tx);
    await updateSpoolMarker(tx, marker);
    await deleteSpooledManifests(tx, [marker]);
    await insertDisposable(tx, former, keyId);
    await moveResealing(tx, keyId, { place: spoolPlace, afterId: marker, lookedAt: 0, resealed: 0 });
    return 'moved';
  });
}

/** Manifests are not sealed again: each is removed in its time. */
async function settle(tx: Executor, { secretKeys }: AppContext): Promise<ResealOutcome> {
  const { id: keyId } = secretKeys.current;
  if ((await countManifestsOfOtherKeys(tx, keyId)) > 0) return 'waits';
  await finishResealing(tx, keyId);
  return 'done';
}

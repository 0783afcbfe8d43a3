import type { Resealing, SecretKey, SecretKeyList } from '@latchkey/contract/schemas/secret-key';
import type { Database } from '@latchkey/db/engine/executor';
import {
  countAllItems,
  countManifestsOfOtherKeys,
  getResealing,
  listSecretKeys,
  type SecretKeyRow,
} from '@latchkey/db/secret-keys/reader';
import type { AppContext } from '../context.js';

/** The keys that the database knows, and how far the current one has come in the place of the others. */
export async function describeSecretKeys({ db }: AppContext): Promise<SecretKeyList> {
  const keys = await listSecretKeys(db);
  const current = keys.find(({ replaced_at }) => replaced_at === null);
  return {
    result: keys.map(toSecretKey),
    resealing: current ? await describeResealing(db, current.id) : null,
  };
}

function toSecretKey({ id, adopted_at, replaced_at, unused_since }: SecretKeyRow): SecretKey {
  const replacedState = unused_since === null ? 'replaced' : 'unused';
  return {
    id: id.toString('hex'),
    state: replaced_at === null ? 'current' : replacedState,
    adoptedAt: adopted_at.toISOString(),
    replacedAt: replaced_at?.toISOString() ?? null,
    unusedSince: unused_since?.toISOString() ?? null,
  };
}

async function describeResealing(db: Database, keyId: Buffer): Promise<Resealing | null> {
  const resealing = await getResealing(db, keyId);
  if (!resealing) return null;
  return {
    lookedAtCount: resealing.looked_at_count,
    itemsCount: await countAllItems(db),
    resealedCount: resealing.resealed_count,
    manifestsWaitedForCount: await countManifestsOfOtherKeys(db, keyId),
    startedAt: resealing.started_at.toISOString(),
    finishedAt: resealing.finished_at?.toISOString() ?? null,
  };
}

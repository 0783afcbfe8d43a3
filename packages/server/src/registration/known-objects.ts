import type { KnownObjects } from '@latchkey/contract/schemas/upload-job';
import type { AppContext } from '../context.js';
import { findOldestKnown } from './known-rows.js';

/** What the folder has of these objects, by the digests of their identities; of several items the oldest. */
export async function knownObjectsOf(
  { db }: AppContext,
  folderId: string,
  identityHashes: readonly string[],
): Promise<KnownObjects['known']> {
  const oldest = await findOldestKnown(db, folderId, identityHashes);
  return [...oldest.values()].map(({ identity_hash, id, expires_at, is_signed }) => ({
    identityHash: identity_hash,
    itemUuid: id,
    expiresAt: expires_at?.toISOString() ?? null,
    isSigned: is_signed,
  }));
}

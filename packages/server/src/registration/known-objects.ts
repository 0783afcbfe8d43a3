import type { KnownObjects } from '@latchkey/contract/schemas/upload-job';
import { findKnownItems } from '@latchkey/db/upload-jobs/register-items';
import type { AppContext } from '../context.js';

/** What the folder has of these objects, by the digests of their identities; of several items the oldest. */
export async function knownObjectsOf(
  { db }: AppContext,
  folderId: string,
  identityHashes: readonly string[],
): Promise<KnownObjects['known']> {
  const items = await findKnownItems(db, folderId, [...new Set(identityHashes)]);
  // The oldest comes first, so it is the last to be kept.
  const oldest = new Map(items.toReversed().map((item) => [item.identity_hash, item]));
  return [...oldest.values()].map(({ identity_hash, id, expires_at, is_signed }) => ({
    identityHash: identity_hash,
    itemUuid: id,
    expiresAt: expires_at?.toISOString() ?? null,
    isSigned: is_signed,
  }));
}

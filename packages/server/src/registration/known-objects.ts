import type { KnownObjects } from '@latchkey/contract/schemas/upload-job';
import type { AppContext } from '../context.js';
import { findOldestKnown } from './known-rows.js';

/** What the folder has of these objects, by the digests of their identities; of several items the oldest. */
export async function knownObjectsOf(
  { db }: AppContext,
  folderId: string,
  identityHashes: readonly string[],
): Promise<KnownObjects['known']> {
  const hashes = [...new Set(identityHashes)];
  const oldest = await findOldestKnown(db, folderId, Buffer.from(hashes.join(''), 'hex'));
  return [...oldest].map(([position, { id, expires_at, is_signed }]) => ({
    identityHash: hashes[position] ?? '',
    itemUuid: id,
    expiresAt: expires_at === null ? null : new Date(expires_at).toISOString(),
    isSigned: is_signed,
  }));
}

import { hash } from 'node:crypto';
import type { ChainEntry } from '@latchkey/db/audit/chain';

/** Before the first entry. */
export const noHash: Buffer = Buffer.alloc(32);

/** The hash of the chain up to an entry: SHA-256 of the hash before it and of the entry's JSON. */
export function chainHash(
  previous: Buffer,
  position: number,
  sealedThrough: string,
  entry: ChainEntry,
): Buffer {
  const { id, at, user_id, action, subject_type, subject_id, details } = entry;
  const text = JSON.stringify([
    position,
    sealedThrough,
    id,
    at,
    user_id,
    action,
    subject_type,
    subject_id,
    details,
  ]);
  return hash('sha256', Buffer.concat([previous, Buffer.from(text)]), 'buffer');
}

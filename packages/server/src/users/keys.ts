import { LatchkeyError } from '@latchkey/contract/errors';
import type { ApiToken, SshKey } from '@latchkey/contract/schemas/user';
import { isUniqueViolation } from '@latchkey/db/engine/errors';
import { type ApiTokenRow, listSshKeys, type SshKeyRow } from '@latchkey/db/users/reader';
import { insertSshKey } from '@latchkey/db/users/writer';
import type { Static } from 'typebox';
import { v7 as uuidv7 } from 'uuid';
import { fingerprint, formatPublicKey, parsePublicKey } from '../auth/public-key.js';
import type { AppContext, Caller } from '../context.js';
import { toStoredText } from '../http/stored-text.js';

export const toSshKey = (row: SshKeyRow): Static<typeof SshKey> => ({
  uuid: row.id,
  title: row.title,
  fingerprint: fingerprint(row.public_key),
  publicKey: formatPublicKey(row.public_key),
  createdAt: row.created_at.toISOString(),
  lastUsedAt: row.last_used_at?.toISOString() ?? null,
});

export const toApiToken = (row: ApiTokenRow): Static<typeof ApiToken> => ({
  uuid: row.id,
  title: row.title,
  scope: row.scope,
  createdAt: row.created_at.toISOString(),
  expiresAt: row.expires_at?.toISOString() ?? null,
  lastUsedAt: row.last_used_at?.toISOString() ?? null,
});

export async function getSshKeys(context: AppContext, caller: Caller): Promise<Static<typeof SshKey>[]> {
  return (await listSshKeys(context.db, caller.userId)).map(toSshKey);
}

export async function addSshKey(
  context: AppContext,
  caller: Caller,
  givenTitle: string,
  text: string,
): Promise<Static<typeof SshKey>> {
  const { publicKey } = parsePublicKey(text);
  const id = uuidv7();
  const title = toStoredText(givenTitle, 'title');
  try {
    await insertSshKey(context.db, { id, userId: caller.userId, title, publicKey });
  } catch (error) {
    if (isUniqueViolation(error, 'ssh_keys_public_key_key')) throw await keyTaken(context, caller, publicKey);
    throw error;
  }
  return toSshKey({
    id,
    title,
    public_key: publicKey,
    created_at: new Date(context.now()),
    last_used_at: null,
  });
}

/** Names the key if it is the caller's own; whose another one is stays with them. */
async function keyTaken({ db }: AppContext, { userId }: Caller, publicKey: Buffer): Promise<LatchkeyError> {
  const own = (await listSshKeys(db, userId)).find((row) => row.public_key.equals(publicKey));
  return new LatchkeyError('key_taken', own && `You have registered this key as "${own.title}".`);
}

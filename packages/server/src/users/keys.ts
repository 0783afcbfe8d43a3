import { LatchkeyError } from '@latchkey/contract/errors';
import type { ApiToken, CreateApiToken, CreatedApiToken, SshKey } from '@latchkey/contract/schemas/user';
import { isUniqueViolation } from '@latchkey/db/engine/errors';
import { type ApiTokenRow, listApiTokens, listSshKeys, type SshKeyRow } from '@latchkey/db/users/reader';
import { deleteApiToken, deleteSshKey, insertApiToken, insertSshKey } from '@latchkey/db/users/writer';
import type { Static } from 'typebox';
import { v7 as uuidv7 } from 'uuid';
import { fingerprint, formatPublicKey, parsePublicKey } from '../auth/public-key.js';
import { newToken } from '../auth/secrets.js';
import type { AppContext, Caller } from '../context.js';
import { toStoredText } from '../http/stored-text.js';
import { mustFitApiTokens } from '../quotas.js';

/** The caller, or a service account that they make keys for. */
type KeyOwner = Pick<Caller, 'userId'>;

const toSshKey = (row: SshKeyRow): Static<typeof SshKey> => ({
  uuid: row.id,
  title: row.title,
  fingerprint: fingerprint(row.public_key),
  publicKey: formatPublicKey(row.public_key),
  createdAt: row.created_at.toISOString(),
  lastUsedAt: row.last_used_at?.toISOString() ?? null,
});

const toApiToken = (row: ApiTokenRow): Static<typeof ApiToken> => ({
  uuid: row.id,
  title: row.title,
  scope: row.scope,
  createdAt: row.created_at.toISOString(),
  expiresAt: row.expires_at?.toISOString() ?? null,
  lastUsedAt: row.last_used_at?.toISOString() ?? null,
});

export async function getSshKeys(context: AppContext, owner: KeyOwner): Promise<Static<typeof SshKey>[]> {
  return (await listSshKeys(context.db, owner.userId)).map(toSshKey);
}

export async function addSshKey(
  context: AppContext,
  owner: KeyOwner,
  givenTitle: string,
  text: string,
): Promise<Static<typeof SshKey>> {
  const { publicKey } = parsePublicKey(text);
  const id = uuidv7();
  const title = toStoredText(givenTitle, 'title');
  try {
    await insertSshKey(context.db, { id, userId: owner.userId, title, publicKey });
  } catch (error) {
    if (isUniqueViolation(error, 'ssh_keys_public_key_key')) throw await keyTaken(context, owner, publicKey);
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
async function keyTaken({ db }: AppContext, { userId }: KeyOwner, publicKey: Buffer): Promise<LatchkeyError> {
  const own = (await listSshKeys(db, userId)).find((row) => row.public_key.equals(publicKey));
  return new LatchkeyError(
    'key_taken',
    own && `The key is registered for this user already, as "${own.title}".`,
  );
}

/** Throws `key_not_found`. */
export async function removeSshKey({ db }: AppContext, { userId }: KeyOwner, id: string): Promise<void> {
  if (!(await deleteSshKey(db, userId, id))) throw new LatchkeyError('key_not_found');
}

export async function getApiTokens(
  { db }: AppContext,
  { userId }: KeyOwner,
): Promise<Static<typeof ApiToken>[]> {
  return (await listApiTokens(db, userId)).map(toApiToken);
}

/** Throws `quota_exceeded`. */
export function storeApiToken(
  context: AppContext,
  token: Omit<Parameters<typeof insertApiToken>[1], 'id'>,
): Promise<ApiTokenRow> {
  return context.db.transaction(async (tx) => {
    const row = await insertApiToken(tx, { ...token, id: uuidv7() });
    await mustFitApiTokens(context, tx, token.userId);
    return row;
  });
}

/** The token itself is in this answer and nowhere else. Throws `quota_exceeded`. */
export async function makeApiToken(
  context: AppContext,
  { userId }: KeyOwner,
  { title, scope, expiresInDays }: CreateApiToken,
): Promise<Static<typeof CreatedApiToken>> {
  const { token, hash } = newToken('lkt_');
  const row = await storeApiToken(context, {
    userId,
    title: toStoredText(title, 'title'),
    scope: scope ?? 'all',
    tokenHash: hash,
    lifetimeDays: expiresInDays ?? null,
  });
  return { ...toApiToken(row), token };
}

/** Throws `key_not_found`. */
export async function removeApiToken({ db }: AppContext, { userId }: KeyOwner, id: string): Promise<void> {
  if (!(await deleteApiToken(db, userId, id))) throw new LatchkeyError('key_not_found');
}

import { LatchkeyError } from '@latchkey/contract/errors';
import type { Passkey } from '@latchkey/contract/schemas/passkey';
import { listPasskeys, type PasskeyRow } from '@latchkey/db/passkeys/reader';
import { deletePasskey, deletePasskeysOfUser, updatePasskeyName } from '@latchkey/db/passkeys/writer';
import { hasIdentity } from '@latchkey/db/single-sign-on/identities';
import { lockUser } from '@latchkey/db/users/writer';
import type { AppContext, Caller } from '../context.js';
import { toStoredText } from '../http/stored-text.js';

export const toPasskey = (row: PasskeyRow): Passkey => ({
  uuid: row.id,
  name: row.name,
  syncState: row.sync_state,
  createdAt: row.created_at.toISOString(),
  lastUsedAt: row.last_used_at?.toISOString() ?? null,
});

export async function getPasskeys({ db }: AppContext, { userId }: Caller): Promise<Passkey[]> {
  return (await listPasskeys(db, userId)).map(toPasskey);
}

/** Throws `passkey_not_found`. */
export async function rename({ db }: AppContext, caller: Caller, id: string, name: string): Promise<void> {
  if (!(await updatePasskeyName(db, caller.userId, id, toStoredText(name.trim(), 'name'))))
    throw new LatchkeyError('passkey_not_found');
}

/** Throws `passkey_not_found`, and `passkey_is_last` for the only way in. */
export async function remove({ db, config }: AppContext, { userId }: Caller, id: string): Promise<void> {
  await db.transaction(async (tx) => {
    const user = await lockUser(tx, userId);
    if (!(await deletePasskey(tx, userId, id))) throw new LatchkeyError('passkey_not_found');
    const hasOtherWay =
      (config.passwordSignIn && user?.has_password) ||
      (config.singleSignOn !== null && (await hasIdentity(tx, userId)));
    if (!hasOtherWay && (await listPasskeys(tx, userId)).length === 0)
      throw new LatchkeyError('passkey_is_last');
  });
}

/** Answers how many there were. Throws `passkey_not_found`. */
export async function removeAll({ db }: AppContext, userId: string): Promise<number> {
  const removedCount = await deletePasskeysOfUser(db, userId);
  if (removedCount === 0) throw new LatchkeyError('passkey_not_found', 'The user has no passkeys.');
  return removedCount;
}

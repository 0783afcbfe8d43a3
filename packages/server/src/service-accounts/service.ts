import { randomBytes } from 'node:crypto';
import { LatchkeyError } from '@latchkey/contract/errors';
import type { Executor } from '@latchkey/db/engine/executor';
import { getUser, type UserRow } from '@latchkey/db/users/reader';
import { insertUser } from '@latchkey/db/users/writer';
import { v7 as uuidv7 } from 'uuid';
import { recordChange } from '../audit/record-change.js';
import type { AppContext, Caller } from '../context.js';
import { toStoredText } from '../http/stored-text.js';

/** Reserved by RFC 2606: no mail goes there, and no person has such an address. */
const domain = 'service-account.invalid';
const longestLabel = 40;

/** By it the account is shared with and found in the audit log, as users are by theirs. */
function newAddress(name: string): string {
  const label = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, longestLabel)
    .replace(/^-+|-+$/g, '');
  return `${label || 'service'}-${randomBytes(4).toString('hex')}@${domain}`;
}

export function createServiceAccountFor(
  { db }: AppContext,
  caller: Caller,
  givenName: string,
): Promise<UserRow> {
  const name = toStoredText(givenName.trim(), 'name');
  return db.transaction(async (tx) => {
    const user = await insertUser(tx, {
      id: uuidv7(),
      kind: 'service',
      email: newAddress(name),
      name,
      organisationRole: 'member',
      passwordHash: null,
    });
    const details = { kind: user.kind, email: user.email };
    await recordChange(tx, caller, 'user.create', { type: 'user', id: user.id }, details);
    return user;
  });
}

/** Administrators make keys for service accounts alone: nobody acts as another person. Throws `user_not_found`. */
export async function mustBeServiceAccount(db: Executor, id: string): Promise<UserRow> {
  const user = await getUser(db, id);
  if (user?.kind === 'service') return user;
  throw new LatchkeyError(
    'user_not_found',
    'There is no such service account. People make tokens and add keys of their own themselves.',
  );
}

/** What it gets would not work. Throws `user_not_found` and `user_not_active`. */
export async function mustBeActiveServiceAccount(db: Executor, id: string): Promise<UserRow> {
  const user = await mustBeServiceAccount(db, id);
  if (user.deactivated_at) throw new LatchkeyError('user_not_active');
  return user;
}

import { LatchkeyError } from '@latchkey/contract/errors';
import { isUniqueViolation } from '@latchkey/db/engine/errors';
import type { Executor } from '@latchkey/db/engine/executor';
import {
  type CredentialUserRow,
  getCredentials,
  getUserByApiToken,
  getUserByPublicKey,
  getUserBySession,
  hasUsers,
  isActiveUser,
  isSetupToken,
  type UserRow,
} from '@latchkey/db/users/reader';
import {
  type CredentialTable,
  insertUser,
  noteCredentialUse,
  replaceSetupLink,
  upsertAdmin,
  upsertSshKey,
  useSetupLink,
} from '@latchkey/db/users/writer';
import { v7 as uuidv7 } from 'uuid';
import type { AppContext, Caller } from '../context.js';
import { isStorable, toStoredText } from '../http/stored-text.js';
import { parsePublicKey } from './public-key.js';
import { hashPassword, isPassword, newToken, tokenHash } from './secrets.js';

const toCaller = (user: UserRow | null): Caller | null =>
  user && {
    userId: user.id,
    email: user.email,
    isOrganisationAdmin: user.organisation_role === 'admin',
    sessionId: null,
    tokenScope: null,
    knowsTimeSeries: true,
  };

/** The caller, and what accepts the key once the signature is known to be right: it throws `user_deactivated`, or notes the use. */
export async function getCallerByPublicKey(
  context: AppContext,
  publicKey: Buffer,
): Promise<{ caller: Caller; accept: () => Promise<void> } | null> {
  const user = await getUserByPublicKey(context.db, publicKey);
  const caller = toCaller(user);
  return user && caller && { caller, accept: () => accept(context, 'ssh_keys', user) };
}

/** Throws `user_deactivated`. */
export async function getCallerByApiToken(context: AppContext, hash: Buffer): Promise<Caller | null> {
  const user = await getUserByApiToken(context.db, hash);
  if (user) await accept(context, 'api_tokens', user);
  const caller = toCaller(user);
  return user && caller && { ...caller, tokenScope: user.scope };
}

async function accept(
  context: AppContext,
  table: CredentialTable,
  { credential_id, credential_used, deactivated_at }: CredentialUserRow,
): Promise<void> {
  if (deactivated_at) throw new LatchkeyError('user_deactivated');
  if (!credential_used) await noteCredentialUse(context.db, table, credential_id);
}

export async function getCallerBySession(context: AppContext, hash: Buffer): Promise<Caller | null> {
  const user = await getUserBySession(context.db, hash);
  if (user) await accept(context, 'sessions', user);
  const caller = toCaller(user);
  return user && caller && { ...caller, sessionId: user.credential_id };
}

/** Throws `invalid_credentials`. */
export async function mustBeCredentials(
  context: AppContext,
  email: string,
  password: string,
): Promise<UserRow> {
  const user = isStorable(email) ? await getCredentials(context.db, email) : null;
  const matches = await isPassword(password, user?.password_hash ?? null);
  if (!user || !matches) throw new LatchkeyError('invalid_credentials');
  return user;
}

interface FirstAdmin {
  readonly token: string;
  readonly email: string;
  readonly name: string;
  readonly password: string;
}

/** Creates the first admin; the set-up link works once. */
export async function setUp(context: AppContext, admin: FirstAdmin): Promise<UserRow> {
  if (await hasUsers(context.db)) throw new LatchkeyError('setup_done');
  const linkHash = tokenHash(admin.token);
  if (!(await isSetupToken(context.db, linkHash)))
    throw new LatchkeyError(
      'invalid_token',
      'The set-up link is not the one that the server printed last. Restart the server for a new one.',
    );
  const passwordHash = await hashPassword(admin.password);
  return context.db.transaction(async (tx) => {
    if (!(await useSetupLink(tx, linkHash))) throw new LatchkeyError('setup_done');
    return insertUser(tx, {
      id: uuidv7(),
      email: toStoredText(admin.email, 'email'),
      name: toStoredText(admin.name, 'name'),
      organisationRole: 'admin',
      passwordHash,
    });
  });
}

/** The token of a fresh set-up link while nobody can sign in yet, else null. */
export async function prepareSetup(context: AppContext): Promise<string | null> {
  if (await hasUsers(context.db)) return null;
  const { token, hash } = newToken('lkf_');
  await replaceSetupLink(context.db, hash);
  return token;
}

/** Creates or updates the admin that the environment names. */
export async function ensureConfiguredAdmin(context: AppContext): Promise<void> {
  const admin = context.config.admin;
  if (!admin) return;
  const key = admin.sshPublicKey === null ? null : parsePublicKey(admin.sshPublicKey);
  const passwordHash = admin.password === null ? null : await hashPassword(admin.password);
  await context.db.transaction(async (tx) => {
    const userId = await upsertAdmin(tx, { id: uuidv7(), email: admin.email, name: '', passwordHash });
    if (!(await isActiveUser(tx, userId)))
      context.log.warn('The user that LATCHKEY_ADMIN_EMAIL names is deactivated, and stays so.');
    if (key)
      await upsertSshKey(tx, {
        id: uuidv7(),
        userId,
        title: key.comment || 'LATCHKEY_ADMIN_SSH_KEY',
        publicKey: key.publicKey,
      });
  });
}

interface NewUserRequest {
  readonly email: string;
  readonly name: string;
  readonly password: string | null;
  readonly organisationRole: 'admin' | 'member';
}

/** Throws `email_taken`. `db` may be a transaction. */
export async function createUser(
  { db }: { readonly db: Executor },
  request: NewUserRequest,
): Promise<UserRow> {
  const passwordHash = request.password === null ? null : await hashPassword(request.password);
  try {
    return await insertUser(db, {
      id: uuidv7(),
      email: toStoredText(request.email, 'email'),
      name: toStoredText(request.name, 'name'),
      organisationRole: request.organisationRole,
      passwordHash,
    });
  } catch (error) {
    if (isUniqueViolation(error, 'users_email_key')) throw new LatchkeyError('email_taken');
    throw error;
  }
}

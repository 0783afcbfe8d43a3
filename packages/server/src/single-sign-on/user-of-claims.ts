import { LatchkeyError } from '@latchkey/contract/errors';
import { isUniqueViolation } from '@latchkey/db/engine/errors';
import type { Executor } from '@latchkey/db/engine/executor';
import { getIdentity, insertIdentity } from '@latchkey/db/single-sign-on/identities';
import { getUser, getUserByEmail, hasUsers, type UserRow } from '@latchkey/db/users/reader';
import { recordChange } from '../audit/record-change.js';
import { createUser } from '../auth/service.js';
import type { SingleSignOnConfig } from '../config/single-sign-on-settings.js';
import type { AppContext } from '../context.js';
import { followProvider } from './follow-provider.js';
import type { ProviderClaims } from './provider-claims.js';

/**
 * The user whose identity at the provider it is; one that is linked or made where the operator allows that. Groups and
 * role follow the provider. Throws `user_not_allowed`, `user_deactivated`, `service_account`, `email_not_verified` and
 * `email_taken`.
 */
export async function userOfClaims(context: AppContext, claims: ProviderClaims): Promise<UserRow> {
  const { singleSignOn: config } = context.config;
  if (!config) throw new LatchkeyError('single_sign_on_not_set_up');
  mustBeOfDomain(config, claims);
  const signIn = () => context.db.transaction((tx) => findOrMake(tx, config, claims));
  try {
    return await signIn();
  } catch (error) {
    // The same person may have signed in for the first time in another tab at the same moment.
    if (isUniqueViolation(error, 'user_identities_pkey') || isEmailTaken(error)) return signIn();
    throw error;
  }
}

const isEmailTaken = (error: unknown): boolean =>
  error instanceof LatchkeyError && error.code === 'email_taken';

async function findOrMake(
  tx: Executor,
  config: SingleSignOnConfig,
  claims: ProviderClaims,
): Promise<UserRow> {
  const identity = await getIdentity(tx, claims);
  const known = identity && (await getUser(tx, identity.user_id));
  const user = known ?? (await linkOrMake(tx, config, claims));
  if (user.kind === 'service') throw new LatchkeyError('service_account');
  if (user.deactivated_at) throw new LatchkeyError('user_deactivated');
  const wasAdminByProvider = identity?.is_admin_by_provider ?? false;
  await followProvider(tx, config, claims, { user, wasAdminByProvider });
  return (await getUser(tx, user.id)) ?? user;
}

function mustBeOfDomain({ emailDomains }: SingleSignOnConfig, claims: ProviderClaims): void {
  if (emailDomains.length === 0) return;
  const email = mustHaveVerifiedEmail(claims);
  if (emailDomains.includes(email.slice(email.lastIndexOf('@') + 1))) return;
  throw new LatchkeyError(
    'user_not_allowed',
    'Your e-mail address is of a domain that may not use this Latchkey. Sign in with another account, or ask the operator to allow the domain (LATCHKEY_OIDC_EMAIL_DOMAINS).',
  );
}

function mustHaveVerifiedEmail({ email, isEmailVerified }: ProviderClaims): string {
  if (email === null)
    throw new LatchkeyError(
      'user_not_allowed',
      'The identity provider does not tell your e-mail address. The operator has to let it do so (scope "email").',
    );
  if (!isEmailVerified) throw new LatchkeyError('email_not_verified');
  return email;
}

async function linkOrMake(
  tx: Executor,
  config: SingleSignOnConfig,
  claims: ProviderClaims,
): Promise<UserRow> {
  const email = mustHaveVerifiedEmail(claims);
  const existing = await getUserByEmail(tx, email);
  if (existing) return link(tx, config, claims, existing);
  if (!config.createsUsers)
    throw new LatchkeyError(
      'user_not_allowed',
      'You are no user of this Latchkey, and the identity provider makes nobody one. Ask an administrator to add you.',
    );
  // A member without an admin would use up the set-up link.
  if (!claims.groups.some((group) => config.adminGroups.includes(group)) && !(await hasUsers(tx)))
    throw new LatchkeyError(
      'user_not_allowed',
      'Latchkey is not set up yet: its first user has to be an administrator. Use the set-up link, or sign in as a member of one of LATCHKEY_OIDC_ADMIN_GROUPS.',
    );
  return make(tx, claims, email);
}

/** Whoever controls the addresses of the provider would get the user: so it is off unless the operator says so. */
async function link(
  tx: Executor,
  config: SingleSignOnConfig,
  claims: ProviderClaims,
  user: UserRow,
): Promise<UserRow> {
  if (!config.linksByEmail)
    throw new LatchkeyError(
      'email_taken',
      'A user of this Latchkey has your e-mail address and was not made by the identity provider. Sign in with your password, or ask the operator to link users by e-mail address (LATCHKEY_OIDC_LINK_BY_EMAIL).',
    );
  await insertIdentity(tx, claims, user.id);
  const { issuer, subject } = claims;
  await recordChange(
    tx,
    { userId: user.id },
    'user.link-identity',
    { type: 'user', id: user.id },
    { issuer, subject },
  );
  return user;
}

async function make(
  tx: Executor,
  { issuer, subject, name }: ProviderClaims,
  email: string,
): Promise<UserRow> {
  const user = await createUser({ db: tx }, { email, name, password: null, organisationRole: 'member' });
  await insertIdentity(tx, { issuer, subject }, user.id);
  await recordChange(
    tx,
    { userId: user.id },
    'user.create',
    { type: 'user', id: user.id },
    { issuer, subject },
  );
  return user;
}

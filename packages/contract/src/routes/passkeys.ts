import { Type } from 'typebox';
import { defineRoute } from '../route.js';
import {
  AddPasskey,
  Confirmation,
  Passkey,
  PasskeyList,
  PasskeyOptions,
  RenamePasskey,
  SignInWithPasskey,
} from '../schemas/passkey.js';
import { Session } from '../schemas/user.js';
import { PasskeyParams, prefix, UserParams } from './params.js';

const tag = 'Passkeys';
const permission = 'user';
const base = `${prefix}/user/passkeys`;
const noAddress = ['passkey_needs_https', 'passkey_needs_host_name'] as const;
const signInBase = `${prefix}/session/passkey`;

export const listPasskeys = defineRoute({
  operationId: 'listPasskeys',
  method: 'GET',
  path: base,
  tag,
  summary: 'The passkeys of the user, in the order in which they were added.',
  permission,
  schemas: { response: PasskeyList },
});
export const preparePasskey = defineRoute({
  operationId: 'preparePasskey',
  method: 'POST',
  path: `${base}/options`,
  tag,
  summary: 'What the browser is to make a passkey by.',
  permission,
  schemas: { body: Confirmation, response: PasskeyOptions },
  errors: ['confirmation_required', 'wrong_password', 'too_many_attempts', ...noAddress],
});
export const addPasskey = defineRoute({
  operationId: 'addPasskey',
  method: 'POST',
  path: base,
  tag,
  summary: 'Register the passkey that the browser has made.',
  permission,
  schemas: { body: AddPasskey, response: Passkey },
  errors: [
    'passkey_challenge_expired',
    'passkey_wrong_origin',
    'passkey_refused',
    'passkey_taken',
    ...noAddress,
  ],
});
export const renamePasskey = defineRoute({
  operationId: 'renamePasskey',
  method: 'PATCH',
  path: `${base}/{passkeyUuid}`,
  tag,
  summary: 'Give a passkey another name.',
  permission,
  schemas: { params: PasskeyParams, body: RenamePasskey },
  errors: ['passkey_not_found'],
});
export const removePasskey = defineRoute({
  operationId: 'removePasskey',
  method: 'POST',
  path: `${base}/{passkeyUuid}/remove`,
  tag,
  summary:
    'Remove a passkey; a user who has neither a password nor an account at an identity provider keeps at least one.',
  permission,
  schemas: { params: PasskeyParams, body: Confirmation },
  errors: [
    'passkey_not_found',
    'passkey_is_last',
    'confirmation_required',
    'wrong_password',
    'too_many_attempts',
  ],
});
export const removePasskeysOfUser = defineRoute({
  operationId: 'removePasskeysOfUser',
  method: 'DELETE',
  path: `${prefix}/users/{userUuid}/passkeys`,
  tag,
  summary: 'Remove all passkeys of a user who has lost them.',
  permission: 'organisation:admin',
  schemas: {
    params: UserParams,
    response: Type.Object({ removedCount: Type.Integer({ minimum: 1 }) }),
  },
  errors: ['passkey_not_found'],
});
export const preparePasskeySignIn = defineRoute({
  operationId: 'preparePasskeySignIn',
  method: 'POST',
  path: `${signInBase}/options`,
  tag,
  summary: 'What the browser is to ask a passkey; sets a cookie that the answer has to come with.',
  permission: 'public',
  schemas: { response: PasskeyOptions },
  errors: noAddress,
});
export const signInWithPasskey = defineRoute({
  operationId: 'signInWithPasskey',
  method: 'POST',
  path: signInBase,
  tag,
  summary: 'Sign in with a passkey, which is both factors; sets the session cookie.',
  permission: 'public',
  schemas: { body: SignInWithPasskey, response: Session },
  errors: [
    'passkey_challenge_expired',
    'passkey_wrong_origin',
    'passkey_unknown',
    'passkey_refused',
    'passkey_copied',
    'user_deactivated',
    'too_many_attempts',
    ...noAddress,
  ],
});

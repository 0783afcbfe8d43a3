import { Type } from 'typebox';
import { defineRoute } from '../route.js';
import { Uuid } from '../schemas/common.js';
import {
  AddSshKey,
  ApiTokenList,
  BearerToken,
  CreateApiToken,
  CreatedApiToken,
  CreateUser,
  Session,
  SetUp,
  SignIn,
  SshKey,
  SshKeyList,
  User,
  UserList,
} from '../schemas/user.js';
import { prefix } from './params.js';

const tag = 'Users and sessions';

export const getSession = defineRoute({
  operationId: 'getSession',
  method: 'GET',
  path: `${prefix}/session`,
  tag,
  summary: 'Who is signed in, and what the web app needs to start.',
  permission: 'public',
  schemas: { response: Session },
});
export const signIn = defineRoute({
  operationId: 'signIn',
  method: 'POST',
  path: `${prefix}/session`,
  tag,
  summary:
    'Sign in with e-mail address and password, and with a code for users who have a second factor; sets the session cookie.',
  permission: 'public',
  schemas: { body: SignIn, response: Session },
  errors: [
    'invalid_credentials',
    'second_factor_required',
    'wrong_code',
    'user_deactivated',
    'password_sign_in_off',
    'too_many_attempts',
  ],
});
export const signOut = defineRoute({
  operationId: 'signOut',
  method: 'DELETE',
  path: `${prefix}/session`,
  tag,
  summary: 'End the session of the cookie.',
  permission: 'public',
  schemas: {},
});
export const setUp = defineRoute({
  operationId: 'setUp',
  method: 'POST',
  path: `${prefix}/setup`,
  tag,
  summary: 'Create the first admin with the token of the one-time set-up link; signs in.',
  permission: 'public',
  schemas: { body: SetUp, response: Session },
  errors: ['setup_done', 'invalid_token'],
});
export const getBearerToken = defineRoute({
  operationId: 'getBearerToken',
  method: 'GET',
  path: `${prefix}/user/bearer-token`,
  tag,
  summary: 'Exchange the authentication of this request for a bearer token that lives for a day.',
  permission: 'user',
  schemas: { response: BearerToken },
  errors: ['quota_exceeded'],
});
export const getCurrentUser = defineRoute({
  operationId: 'getCurrentUser',
  method: 'GET',
  path: `${prefix}/user`,
  tag,
  summary: 'The user of this request.',
  permission: 'user',
  schemas: { response: User },
});
export const listUsers = defineRoute({
  operationId: 'listUsers',
  method: 'GET',
  path: `${prefix}/users`,
  tag,
  summary: 'All users.',
  permission: 'organisation:admin',
  schemas: { response: UserList },
});
export const createUser = defineRoute({
  operationId: 'createUser',
  method: 'POST',
  path: `${prefix}/users`,
  tag,
  summary: 'Create a user.',
  permission: 'organisation:admin',
  schemas: { body: CreateUser, response: User },
  errors: ['email_taken'],
});
export const listSshKeys = defineRoute({
  operationId: 'listSshKeys',
  method: 'GET',
  path: `${prefix}/user/ssh-keys`,
  tag,
  summary: 'The public keys of the user.',
  permission: 'user',
  schemas: { response: SshKeyList },
});
export const addSshKey = defineRoute({
  operationId: 'addSshKey',
  method: 'POST',
  path: `${prefix}/user/ssh-keys`,
  tag,
  summary: 'Register an Ed25519 public key for signing requests.',
  permission: 'user',
  schemas: { body: AddSshKey, response: SshKey },
  errors: ['key_taken'],
});
export const deleteSshKey = defineRoute({
  operationId: 'deleteSshKey',
  method: 'DELETE',
  path: `${prefix}/user/ssh-keys/{keyUuid}`,
  tag,
  summary: 'Remove a public key.',
  permission: 'user',
  schemas: { params: Type.Object({ keyUuid: Uuid }) },
  errors: ['key_not_found'],
});
export const listApiTokens = defineRoute({
  operationId: 'listApiTokens',
  method: 'GET',
  path: `${prefix}/user/api-tokens`,
  tag,
  summary: 'The API tokens of the user.',
  permission: 'user',
  schemas: { response: ApiTokenList },
});
export const createApiToken = defineRoute({
  operationId: 'createApiToken',
  method: 'POST',
  path: `${prefix}/user/api-tokens`,
  tag,
  summary: 'Make a bearer token; it is shown once.',
  permission: 'user',
  schemas: { body: CreateApiToken, response: CreatedApiToken },
  errors: ['quota_exceeded'],
});
export const deleteApiToken = defineRoute({
  operationId: 'deleteApiToken',
  method: 'DELETE',
  path: `${prefix}/user/api-tokens/{tokenUuid}`,
  tag,
  summary: 'Revoke a bearer token.',
  permission: 'user',
  schemas: { params: Type.Object({ tokenUuid: Uuid }) },
  errors: ['key_not_found'],
});

import { Type } from 'typebox';
import { defineRoute } from '../route.js';
import { Uuid } from '../schemas/common.js';
import { CreateServiceAccount } from '../schemas/service-account.js';
import {
  AddSshKey,
  ApiTokenList,
  CreateApiToken,
  CreatedApiToken,
  SshKey,
  SshKeyList,
  User,
} from '../schemas/user.js';
import { prefix, UserParams } from './params.js';

const tag = 'Service accounts';
const base = `${prefix}/service-accounts`;
const permission = 'organisation:admin';

export const createServiceAccount = defineRoute({
  operationId: 'createServiceAccount',
  method: 'POST',
  path: base,
  tag,
  summary:
    'Create a user that programs act as and that signs in nowhere. It is named, deactivated and handed over as other users are.',
  permission,
  schemas: { body: CreateServiceAccount, response: User },
});
export const listServiceAccountTokens = defineRoute({
  operationId: 'listServiceAccountTokens',
  method: 'GET',
  path: `${base}/{userUuid}/api-tokens`,
  tag,
  summary: 'The API tokens of a service account.',
  permission,
  schemas: { params: UserParams, response: ApiTokenList },
  errors: ['user_not_found'],
});
export const createServiceAccountToken = defineRoute({
  operationId: 'createServiceAccountToken',
  method: 'POST',
  path: `${base}/{userUuid}/api-tokens`,
  tag,
  summary: 'Make a bearer token of a service account; it is shown once.',
  permission,
  schemas: { params: UserParams, body: CreateApiToken, response: CreatedApiToken },
  errors: ['user_not_found', 'user_not_active', 'quota_exceeded'],
});
export const deleteServiceAccountToken = defineRoute({
  operationId: 'deleteServiceAccountToken',
  method: 'DELETE',
  path: `${base}/{userUuid}/api-tokens/{tokenUuid}`,
  tag,
  summary: 'Revoke a bearer token of a service account.',
  permission,
  schemas: { params: Type.Object({ userUuid: Uuid, tokenUuid: Uuid }) },
  errors: ['user_not_found', 'key_not_found'],
});
export const listServiceAccountKeys = defineRoute({
  operationId: 'listServiceAccountKeys',
  method: 'GET',
  path: `${base}/{userUuid}/ssh-keys`,
  tag,
  summary: 'The public keys of a service account.',
  permission,
  schemas: { params: UserParams, response: SshKeyList },
  errors: ['user_not_found'],
});
export const addServiceAccountKey = defineRoute({
  operationId: 'addServiceAccountKey',
  method: 'POST',
  path: `${base}/{userUuid}/ssh-keys`,
  tag,
  summary: 'Register an Ed25519 public key by which a service account signs requests.',
  permission,
  schemas: { params: UserParams, body: AddSshKey, response: SshKey },
  errors: ['user_not_found', 'user_not_active', 'key_taken'],
});
export const deleteServiceAccountKey = defineRoute({
  operationId: 'deleteServiceAccountKey',
  method: 'DELETE',
  path: `${base}/{userUuid}/ssh-keys/{keyUuid}`,
  tag,
  summary: 'Remove a public key of a service account.',
  permission,
  schemas: { params: Type.Object({ userUuid: Uuid, keyUuid: Uuid }) },
  errors: ['user_not_found', 'key_not_found'],
});

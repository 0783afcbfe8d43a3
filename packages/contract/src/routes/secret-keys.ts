import { defineRoute } from '../route.js';
import { SecretKeyList } from '../schemas/secret-key.js';
import { prefix } from './params.js';

export const listSecretKeys = defineRoute({
  operationId: 'listSecretKeys',
  method: 'GET',
  path: `${prefix}/secret-keys`,
  tag: 'Secret keys',
  summary: 'The keys that seal signatures, by id, and how far sealing again with the current one has come.',
  permission: 'organisation:admin',
  schemas: { response: SecretKeyList },
});

import { defineRoute } from '../route.js';
import {
  CreateSignerTokens,
  ItemsSignerGrants,
  RotatedSigningKey,
  RotateSigningKey,
  SignerGrant,
  SigningKeys,
  TestSigner,
} from '../schemas/signer.js';
import { IntegrationParams, prefix } from './params.js';

const tag = 'Signers';

export const createSignerTokens = defineRoute({
  operationId: 'createSignerTokens',
  method: 'POST',
  path: `${prefix}/storage/items/signer-tokens`,
  tag,
  summary:
    "Tokens with which the browser asks the integrations' signers for fresh URLs of these items. Recorded in the audit log.",
  permission: 'user',
  schemas: { body: CreateSignerTokens, response: ItemsSignerGrants },
  errors: ['item_not_found'],
});
export const testSigner = defineRoute({
  operationId: 'testSigner',
  method: 'POST',
  path: `${prefix}/cloud-integrations/{integrationUuid}/signer-test-token`,
  tag,
  summary: 'A token with which an admin tries the signer of the integration. Recorded in the audit log.',
  permission: 'integration:admin',
  schemas: { params: IntegrationParams, body: TestSigner, response: SignerGrant },
  errors: ['integration_not_found', 'integration_without_signer'],
});
export const rotateSigningKey = defineRoute({
  operationId: 'rotateSigningKey',
  method: 'POST',
  path: `${prefix}/signing-keys/rotate`,
  tag,
  summary: 'Replace the key that signs tokens for signers.',
  permission: 'organisation:admin',
  schemas: { body: RotateSigningKey, response: RotatedSigningKey },
});
export const getSigningKeys = defineRoute({
  operationId: 'getSigningKeys',
  method: 'GET',
  path: '/.well-known/jwks.json',
  tag,
  summary: 'The public keys by which signers verify tokens, as a JSON Web Key Set.',
  permission: 'public',
  schemas: { response: SigningKeys },
});

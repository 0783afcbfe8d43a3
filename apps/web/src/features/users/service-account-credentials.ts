import {
  addServiceAccountKey,
  createServiceAccountToken,
  deleteServiceAccountKey,
  deleteServiceAccountToken,
  listServiceAccountKeys,
  listServiceAccountTokens,
} from '@latchkey/contract/routes/service-accounts';
import type { CredentialSource } from '../../components/credentials/credential-source.js';
import { transport } from '../../lib/api.js';

export const credentialsOf = (userUuid: string): CredentialSource => ({
  queryKey: ['users', userUuid, 'credentials'],
  listTokens: (signal) => transport.call(listServiceAccountTokens, { params: { userUuid }, signal }),
  createToken: (body) => transport.call(createServiceAccountToken, { params: { userUuid }, body }),
  deleteToken: (tokenUuid) => transport.call(deleteServiceAccountToken, { params: { userUuid, tokenUuid } }),
  listKeys: (signal) => transport.call(listServiceAccountKeys, { params: { userUuid }, signal }),
  addKey: (body) => transport.call(addServiceAccountKey, { params: { userUuid }, body }),
  deleteKey: (keyUuid) => transport.call(deleteServiceAccountKey, { params: { userUuid, keyUuid } }),
});

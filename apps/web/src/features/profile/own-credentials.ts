import {
  addSshKey,
  createApiToken,
  deleteApiToken,
  deleteSshKey,
  listApiTokens,
  listSshKeys,
} from '@latchkey/contract/routes/session';
import type { CredentialSource } from '../../components/credentials/credential-source.js';
import { transport } from '../../lib/api.js';

/** Of whoever is signed in. */
export const ownCredentials: CredentialSource = {
  queryKey: ['own-credentials'],
  listTokens: (signal) => transport.call(listApiTokens, { signal }),
  createToken: (body) => transport.call(createApiToken, { body }),
  deleteToken: (tokenUuid) => transport.call(deleteApiToken, { params: { tokenUuid } }),
  listKeys: (signal) => transport.call(listSshKeys, { signal }),
  addKey: (body) => transport.call(addSshKey, { body }),
  deleteKey: (keyUuid) => transport.call(deleteSshKey, { params: { keyUuid } }),
};

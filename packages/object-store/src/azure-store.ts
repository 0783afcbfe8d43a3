import {
  azureBlobUrl,
  createAzurePresigner,
  MAX_SAS_SECONDS,
} from '@latchkey/locator/presign/azure-presigner';
import type { AsyncPresigner } from '@latchkey/locator/presign/presigner';
import { azureToken, DELEGATION_SECONDS, DelegationKeys, findAccountKey } from './azure-credentials.js';
import { listPages } from './list-pages.js';
import type { ListPage, ObjectStore, StoreOptions } from './object-store.js';
import { answerError, askStore, LIST_SECONDS } from './store-request.js';
import type { ContainerUri } from './store-uri.js';
import { readBlobList } from './xml-list.js';

export interface AzureStoreOptions extends StoreOptions {
  /** Access tokens for the storage; else those of the ordinary chain. */
  readonly token?: () => Promise<string>;
}

/** Azure Blob Storage: signed by the account's key where there is one, else by a key that Azure makes for the user. */
export async function openAzureStore(place: ContainerUri, options: AzureStoreOptions): Promise<ObjectStore> {
  const { account, container, prefix } = place;
  const found = findAccountKey(account, options.environment);
  const endpoint = (
    options.endpoint ??
    found?.endpoint ??
    `https://${account}.blob.core.windows.net`
  ).replace(/\/$/, '');
  const at = { account, container, endpoint, now: options.now ?? Date.now };
  const unsigned = azureBlobUrl(at);
  let sign: AsyncPresigner;
  if (found) {
    const byKey = createAzurePresigner({ ...at, accountKey: found.accountKey });
    sign = async (key, request) => byKey(key, request);
  } else {
    const keys = new DelegationKeys(endpoint, options.token ?? (await azureToken()), at.now);
    sign = async (key, request) => {
      const delegationKey = await keys.get(request.expiresInSeconds);
      return createAzurePresigner({ ...at, delegationKey })(key, request);
    };
  }
  const what = `the list of az://${account}/${container}`;
  const readPage = async (from: string, after: string | null, signal?: AbortSignal): Promise<ListPage> => {
    const params = {
      restype: 'container',
      comp: 'list',
      prefix: from,
      ...(after !== null && { marker: after }),
    };
    const url = () => sign(null, { expiresInSeconds: LIST_SECONDS, params });
    const answer = await askStore({ what, url, signal });
    if (answer.status !== 200) throw answerError(what, answer);
    return readBlobList(answer.body);
  };
  return {
    prefix,
    maxExpirySeconds: found ? MAX_SAS_SECONDS : DELEGATION_SECONDS,
    list: (from, after = null, signal) => listPages((behind) => readPage(from, behind, signal), after),
    presign: (key, expiresInSeconds, params = {}) => sign(key, { expiresInSeconds, params }),
    objectUrl: (key) => unsigned(key),
    sessionEnd: () => null,
  };
}

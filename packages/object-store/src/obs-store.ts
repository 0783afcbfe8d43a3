import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { bucketAddress, unsignedUrl } from '@latchkey/locator/presign/bucket-address';
import { createObsPresigner, MAX_OBS_SECONDS } from '@latchkey/locator/presign/obs-presigner';
import { listPages } from './list-pages.js';
import type { ListPage, ObjectStore, StoreOptions } from './object-store.js';
import { ObjectStoreError } from './object-store-error.js';
import { answerError, askStore, LIST_SECONDS } from './store-request.js';
import type { BucketUri } from './store-uri.js';
import { readBucketList } from './xml-list.js';

interface ObsKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly securityToken?: string;
}

const OBSUTIL_CONFIG = '.obsutilconfig';

/** Object Storage Service of Huawei Cloud and the Open Telekom Cloud. */
export async function openObsStore(place: BucketUri, options: StoreOptions): Promise<ObjectStore> {
  const { environment, now = Date.now } = options;
  const { bucket, prefix } = place;
  const at = { endpoint: endpointOf(place, options), bucket, pathStyle: options.pathStyle ?? false };
  const sign = createObsPresigner({ ...at, ...(await findKey(environment)), now });
  const address = bucketAddress(at);
  const what = `the list of ${at.endpoint}/${bucket}`;
  const readPage = async (from: string, after: string | null, signal?: AbortSignal): Promise<ListPage> => {
    const params = { prefix: from, ...(after !== null && { marker: after }) };
    const url = async () => sign(null, { expiresInSeconds: LIST_SECONDS, params });
    const answer = await askStore({ what, url, signal });
    if (answer.status !== 200) throw answerError(what, answer);
    return readBucketList(answer.body, false);
  };
  return {
    prefix,
    maxExpirySeconds: MAX_OBS_SECONDS,
    list: (from, after = null, signal) => listPages((behind) => readPage(from, behind, signal), after),
    presign: async (key, expiresInSeconds, params = {}) => sign(key, { expiresInSeconds, params }),
    objectUrl: (key) => unsignedUrl(address, key),
    sessionEnd: () => null,
  };
}

function endpointOf({ bucket, endpoint }: BucketUri, options: StoreOptions): string {
  const found = options.endpoint ?? endpoint ?? options.environment['OBS_ENDPOINT'];
  if (found) return found.includes('://') ? found : `https://${found}`;
  throw new ObjectStoreError(
    'bad_store_option',
    `The endpoint of the bucket "${bucket}" is not known.`,
    'Give obs://obs.eu-de.otc.t-systems.com/bucket/prefix, --endpoint or OBS_ENDPOINT.',
  );
}

async function findKey(environment: StoreOptions['environment']): Promise<ObsKey> {
  const of = (id: string, secret: string, token: string): ObsKey | null => {
    const [accessKeyId, secretAccessKey, securityToken] = [
      environment[id],
      environment[secret],
      environment[token],
    ];
    if (!accessKeyId || !secretAccessKey) return null;
    return { accessKeyId, secretAccessKey, ...(securityToken && { securityToken }) };
  };
  const found =
    of('OBS_ACCESS_KEY_ID', 'OBS_SECRET_ACCESS_KEY', 'OBS_SECURITY_TOKEN') ??
    of('HUAWEICLOUD_SDK_AK', 'HUAWEICLOUD_SDK_SK', 'HUAWEICLOUD_SDK_SECURITY_TOKEN') ??
    of('OS_ACCESS_KEY', 'OS_SECRET_KEY', 'OS_SECURITY_TOKEN') ??
    (await keyOfObsutil(environment['HOME'] ?? homedir()));
  if (found) return found;
  throw new ObjectStoreError(
    'no_credentials',
    'There are no credentials for OBS. Tried: OBS_ACCESS_KEY_ID and OBS_SECRET_ACCESS_KEY, HUAWEICLOUD_SDK_AK and ' +
      `HUAWEICLOUD_SDK_SK, OS_ACCESS_KEY and OS_SECRET_KEY, and ~/${OBSUTIL_CONFIG}.`,
    'Set the variables, or run `obsutil config`.',
  );
}

/** Lines such as `ak=...`. */
async function keyOfObsutil(home: string): Promise<ObsKey | null> {
  const text = await readFile(join(home, OBSUTIL_CONFIG), 'utf8').catch(() => '');
  const value = (name: string): string => new RegExp(`^${name}=(.+)$`, 'm').exec(text)?.[1]?.trim() ?? '';
  const [accessKeyId, secretAccessKey, securityToken] = [value('ak'), value('sk'), value('token')];
  if (!accessKeyId || !secretAccessKey) return null;
  return { accessKeyId, secretAccessKey, ...(securityToken && { securityToken }) };
}

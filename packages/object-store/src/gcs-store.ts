import { bucketAddress, unsignedUrl } from '@latchkey/locator/presign/bucket-address';
import { MAX_V4_SECONDS } from '@latchkey/locator/presign/presign-error';
import type { AsyncPresigner } from '@latchkey/locator/presign/presigner';
import {
  createGcsPresigner,
  createGcsRemotePresigner,
  GCS_ENDPOINT,
  type GcsPlace,
} from '@latchkey/locator/sigv4/gcs-presigner';
import type { GoogleAuth } from 'google-auth-library';
import { listPages } from './list-pages.js';
import type { ListPage, ObjectStore, StoreOptions } from './object-store.js';
import { ObjectStoreError } from './object-store-error.js';
import { answerError, askStore, LIST_SECONDS } from './store-request.js';
import type { BucketUri } from './store-uri.js';
import { readBucketList } from './xml-list.js';

/** Also for `signBlob`, with which Google signs for whoever may act as the service account. */
const SCOPE = 'https://www.googleapis.com/auth/cloud-platform';

/** Google Cloud Storage, with Application Default Credentials. */
export async function openGcsStore(
  { bucket, prefix }: BucketUri,
  options: StoreOptions,
): Promise<ObjectStore> {
  const at = { endpoint: options.endpoint ?? GCS_ENDPOINT, bucket, pathStyle: options.pathStyle ?? true };
  const address = bucketAddress(at);
  const auth = await signIn(options.environment);
  const signer = await findSigner(auth, { ...at, now: options.now ?? Date.now });
  const what = `the list of gs://${bucket}`;
  const readPage = async (from: string, after: string | null, signal?: AbortSignal): Promise<ListPage> => {
    const params = { 'list-type': '2', prefix: from, ...(after !== null && { 'start-after': after }) };
    const request = signer.isLocal
      ? { url: () => signer.sign(null, { expiresInSeconds: LIST_SECONDS, params }) }
      : {
          url: async () => `${address.origin}${address.pathOf(null)}?${new URLSearchParams(params)}`,
          headers: async () => Object.fromEntries(await auth.getRequestHeaders()),
        };
    const answer = await askStore({ what, signal, ...request });
    if (answer.status !== 200) throw answerError(what, answer);
    return readBucketList(answer.body, false);
  };
  return {
    prefix,
    maxExpirySeconds: signer.canSign ? MAX_V4_SECONDS : null,
    list: (from, after = null, signal) => listPages((behind) => readPage(from, behind, signal), after),
    presign: (key, expiresInSeconds, params = {}) => signer.sign(key, { expiresInSeconds, params }),
    objectUrl: (key) => unsignedUrl(address, key),
    sessionEnd: () => null,
  };
}

async function signIn(environment: StoreOptions['environment']): Promise<GoogleAuth> {
  const { GoogleAuth } = await import('google-auth-library');
  const keyFilename = environment['GOOGLE_APPLICATION_CREDENTIALS'];
  const auth = new GoogleAuth({ scopes: SCOPE, ...(keyFilename && { keyFilename }) });
  try {
    await auth.getClient();
    return auth;
  } catch (cause) {
    throw new ObjectStoreError(
      'no_credentials',
      'There are no credentials for Google Cloud Storage. Tried: the file of GOOGLE_APPLICATION_CREDENTIALS, those of ' +
        '`gcloud auth application-default login`, and the service account of the machine.',
      'Name the key file of a service account, or sign in with `gcloud auth application-default login ' +
        '--impersonate-service-account=NAME`: without a service account one can list, but not sign.',
      { cause },
    );
  }
}

interface Signer {
  readonly canSign: boolean;
  /** The key is at hand. */
  readonly isLocal: boolean;
  readonly sign: AsyncPresigner;
}

async function findSigner(auth: GoogleAuth, place: GcsPlace): Promise<Signer> {
  const { client_email: clientEmail, private_key: privateKey } = await auth
    .getCredentials()
    .catch(() => ({ client_email: undefined, private_key: undefined }));
  if (clientEmail && privateKey) {
    const sign = createGcsPresigner({ ...place, clientEmail, privateKey });
    return { canSign: true, isLocal: true, sign: async (key, request) => sign(key, request) };
  }
  if (!clientEmail) return { canSign: false, isLocal: false, sign: async () => cannotSign() };
  const signBlob = async (bytes: Uint8Array): Promise<Uint8Array> =>
    Buffer.from(await auth.sign(Buffer.from(bytes).toString()), 'base64');
  return {
    canSign: true,
    isLocal: false,
    sign: createGcsRemotePresigner({ ...place, clientEmail, signBlob }),
  };
}

function cannotSign(): never {
  throw new ObjectStoreError(
    'cannot_sign',
    'These credentials of Google are those of a user, who has no key to sign with.',
    'Name the key file of a service account in GOOGLE_APPLICATION_CREDENTIALS, or sign in with `gcloud auth ' +
      'application-default login --impersonate-service-account=NAME`; --unsigned needs no signature.',
  );
}

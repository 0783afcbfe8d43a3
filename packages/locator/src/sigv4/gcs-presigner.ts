import { createPrivateKey, type KeyObject, sign } from 'node:crypto';
import { type BucketPlace, bucketAddress } from '../presign/bucket-address.js';
import { checkAccessKey, PresignError } from '../presign/presign-error.js';
import type { AsyncPresigner, Presigner } from '../presign/presigner.js';
import { createHmacSigner } from './day-key.js';
import { draftV4, finishV4, type V4Draft, type V4Scheme } from './v4-draft.js';

export const GCS_ENDPOINT = 'https://storage.googleapis.com';

/** `endpoint` is `GCS_ENDPOINT`, or that of an emulator. */
export interface GcsPlace extends BucketPlace {
  /** The clock, in epoch milliseconds. */
  now: () => number;
}

/** A key of a service account, as the JSON file of Google's console has it. */
export interface GcsServiceAccountKey {
  clientEmail: string;
  /** PEM */
  privateKey: string;
}

/** A key for the XML API, as Google's console makes it for interoperability. */
export interface GcsHmacKey {
  accessKeyId: string;
  secretAccessKey: string;
}

/** Signs bytes as a service account whose key Google holds: `signBlob` of the IAM credentials API. */
export interface GcsRemoteKey {
  clientEmail: string;
  /** RSA with SHA-256 and PKCS #1 padding. */
  signBlob: (bytes: Uint8Array) => Promise<Uint8Array>;
}

/**
 * Query V4 of Google Cloud Storage, for at most 7 days.
 * @see https://cloud.google.com/storage/docs/access-control/signing-urls-manually
 * @throws {PresignError} for options that cannot make a valid URL
 */
export function createGcsPresigner(options: GcsPlace & (GcsServiceAccountKey | GcsHmacKey)): Presigner {
  const address = bucketAddress(options);
  const { scheme, signDraft } = 'privateKey' in options ? serviceAccount(options) : hmacKey(options);
  return (key, request) => {
    const draft = draftV4(scheme, address, key, request, options.now());
    return finishV4(scheme, draft, signDraft(draft));
  };
}

/** As `createGcsPresigner`, where no key is at hand. The promise also rejects with whatever `signBlob` does. */
export function createGcsRemotePresigner(options: GcsPlace & GcsRemoteKey): AsyncPresigner {
  const address = bucketAddress(options);
  const scheme = gcsScheme('GOOG4-RSA-SHA256', options.clientEmail);
  return async (key, request) => {
    const draft = draftV4(scheme, address, key, request, options.now());
    const signature = await options.signBlob(Buffer.from(draft.stringToSign));
    return finishV4(scheme, draft, Buffer.from(signature).toString('hex'));
  };
}

interface Signing {
  scheme: V4Scheme;
  signDraft: (draft: V4Draft) => string;
}

function serviceAccount({ clientEmail, privateKey }: GcsServiceAccountKey): Signing {
  if (clientEmail === '' || privateKey === '') {
    throw new PresignError(
      'no_credentials',
      'The address or the private key of the service account is empty.',
    );
  }
  const key = readPrivateKey(privateKey);
  return {
    scheme: gcsScheme('GOOG4-RSA-SHA256', clientEmail),
    signDraft: ({ stringToSign }) => sign('sha256', Buffer.from(stringToSign), key).toString('hex'),
  };
}

function hmacKey(key: GcsHmacKey): Signing {
  checkAccessKey(key);
  const scheme = gcsScheme('GOOG4-HMAC-SHA256', key.accessKeyId);
  return { scheme, signDraft: createHmacSigner(`GOOG4${key.secretAccessKey}`, scheme.scopeEnd) };
}

/** `auto` stands for the bucket's location. */
function gcsScheme(algorithm: V4Scheme['algorithm'], signer: string): V4Scheme {
  return { algorithm, prefix: 'X-Goog-', signer, scopeEnd: ['auto', 'storage', 'goog4_request'] };
}

/** What OpenSSL says of a key that it cannot read may quote it, and is not passed on. */
function readPrivateKey(pem: string): KeyObject {
  try {
    const key = createPrivateKey(pem);
    if (key.asymmetricKeyType === 'rsa') return key;
  } catch {}
  throw new PresignError(
    'bad_credentials',
    'The private key of the service account is no RSA key in PEM: give `private_key` of the JSON file as it is.',
  );
}

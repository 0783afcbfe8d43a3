import { type BucketPlace, bucketAddress } from '../presign/bucket-address.js';
import { checkAccessKey } from '../presign/presign-error.js';
import type { Presigner } from '../presign/presigner.js';
import { createHmacSigner } from './day-key.js';
import { draftV4, finishV4, type V4Scheme } from './v4-draft.js';

export interface PresignerOptions extends BucketPlace {
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
  /** The clock, in epoch milliseconds. */
  now: () => number;
}

/**
 * Query SigV4 with an unsigned payload for S3 and its clones, for at most 7 days.
 * @throws {PresignError} for options that cannot make a valid URL
 */
export function createPresigner(options: PresignerOptions): Presigner {
  const address = bucketAddress(options);
  checkAccessKey(options);
  const scheme: V4Scheme = {
    algorithm: 'AWS4-HMAC-SHA256',
    prefix: 'X-Amz-',
    signer: options.accessKeyId,
    scopeEnd: [options.region, 's3', 'aws4_request'],
    sessionToken: options.sessionToken,
  };
  const sign = createHmacSigner(`AWS4${options.secretAccessKey}`, scheme.scopeEnd);
  return (key, request) => {
    const draft = draftV4(scheme, address, key, request, options.now());
    return finishV4(scheme, draft, sign(draft));
  };
}

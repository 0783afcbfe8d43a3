import { createHmac } from 'node:crypto';
import { escapeAll } from '../normalize.js';
import { type BucketPlace, bucketAddress } from './bucket-address.js';
import { checkAccessKey, checkExpiry } from './presign-error.js';
import type { Presigner } from './presigner.js';

export interface ObsPresignerOptions extends BucketPlace {
  accessKeyId: string;
  secretAccessKey: string;
  securityToken?: string;
  /** The clock, in epoch milliseconds. */
  now: () => number;
}

/** OBS takes an `Expires` up to 20 years ahead. */
export const MAX_OBS_SECONDS = 20 * 365 * 86_400;

/** Of the parameters that a GET of an object may have, those that OBS wants signed; any `x-obs-` one too. */
const SIGNED_PARAM =
  /^(?:versionId|x-image-process|response-(?:content-(?:type|disposition|encoding|language)|cache-control|expires)|x-obs-.+)$/;

/**
 * The signature in the URL of Huawei's and OTC's OBS, which is that of S3 before V4 with parameters of its own. The
 * host is not part of it.
 * @see https://docs.otc.t-systems.com/object-storage-service/api-ref/calling_apis/authentication/authentication_of_signature_in_a_url.html
 * @throws {PresignError} for options that cannot make a valid URL
 */
export function createObsPresigner(options: ObsPresignerOptions): Presigner {
  const address = bucketAddress(options);
  checkAccessKey(options);
  const { accessKeyId, secretAccessKey, securityToken, bucket, pathStyle } = options;
  const root = pathStyle ? '' : `/${bucket}`;
  const bucketPath = pathStyle ? `/${bucket}/` : '/';
  const session: Record<string, string> =
    securityToken === undefined ? {} : { 'x-obs-security-token': securityToken };
  return (key, { expiresInSeconds, method = 'GET', params }) => {
    checkExpiry(expiresInSeconds, MAX_OBS_SECONDS);
    // The resource of a bucket ends with a slash, in the path as in what is signed.
    const path = key === null ? bucketPath : address.pathOf(key);
    const given = Object.entries({ ...params, ...session });
    const expires = Math.floor(options.now() / 1000) + expiresInSeconds;
    const resource = root + path;
    const text = `${method}\n\n\n${expires}\n${resource}${signedParams(given)}`;
    const signature = createHmac('sha1', secretAccessKey).update(text).digest('base64');
    const query = [
      ...given.map(([name, value]) => `${escapeAll(name)}=${escapeAll(value)}`),
      `AccessKeyId=${escapeAll(accessKeyId)}`,
      `Expires=${expires}`,
      `Signature=${escapeAll(signature)}`,
    ];
    return `${address.origin}${path}?${query.join('&')}`;
  };
}

/** Not encoded, in the order of their names. */
function signedParams(params: readonly (readonly [string, string])[]): string {
  const signed = params.filter(([name]) => SIGNED_PARAM.test(name)).sort(([a], [b]) => (a < b ? -1 : 1));
  return signed.length === 0 ? '' : `?${signed.map((pair) => pair.join('=')).join('&')}`;
}

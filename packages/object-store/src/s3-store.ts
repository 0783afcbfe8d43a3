import { MAX_V4_SECONDS } from '@latchkey/locator/presign/presign-error';
import { awsAccessKeys } from './aws-credentials.js';
import { listPages } from './list-pages.js';
import type { ListPage, ObjectStore, StoreOptions } from './object-store.js';
import { findRegion } from './s3-region.js';
import { S3Signer } from './s3-signer.js';
import { answerError, askStore, LIST_SECONDS } from './store-request.js';
import type { BucketUri } from './store-uri.js';
import { readBucketList } from './xml-list.js';

/** S3 and what speaks like it, with the ordinary credential chain of AWS. */
export async function openS3Store(
  { bucket, prefix }: BucketUri,
  options: StoreOptions,
): Promise<ObjectStore> {
  const { endpoint, environment } = options;
  const given = options.region ?? environment['AWS_REGION'] ?? environment['AWS_DEFAULT_REGION'];
  const region = await findRegion(bucket, given, endpoint === undefined);
  const signer = new S3Signer(bucket, options, region, await awsAccessKeys(environment));
  const what = `the list of s3://${bucket}`;
  const readPage = async (from: string, after: string | null, signal?: AbortSignal): Promise<ListPage> => {
    const params = {
      'list-type': '2',
      'encoding-type': 'url',
      prefix: from,
      ...(after !== null && { 'start-after': after }),
    };
    const url = () => signer.sign(null, { expiresInSeconds: LIST_SECONDS, params });
    const answer = await askStore({ what, url, signal });
    if (answer.status === 200) return readBucketList(answer.body, true);
    if (region.learn(answer)) return readPage(from, after, signal);
    throw answerError(what, answer);
  };
  return {
    prefix,
    maxExpirySeconds: MAX_V4_SECONDS,
    list: (from, after = null, signal) => listPages((behind) => readPage(from, behind, signal), after),
    presign: (key, expiresInSeconds, params = {}) => signer.sign(key, { expiresInSeconds, params }),
    objectUrl: (key) => signer.objectUrl(key),
    sessionEnd: () => signer.sessionEnd(),
  };
}

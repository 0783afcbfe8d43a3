import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { locate } from '../locate.js';
import { createGcsPresigner, GCS_ENDPOINT } from '../sigv4/gcs-presigner.js';
import { createPresigner } from '../sigv4/presigner.js';
import { azureBlobUrl, createAzurePresigner } from './azure-presigner.js';
import { type BucketPlace, bucketAddress, unsignedUrl } from './bucket-address.js';
import { createObsPresigner } from './obs-presigner.js';
import type { Presigner } from './presigner.js';

interface Kind {
  presigner: (now: number) => Presigner;
  unsigned: (key: string) => string;
}

const keys = { accessKeyId: 'KEYID', secretAccessKey: 'secret' };

const inBucket = (
  place: Omit<BucketPlace, 'bucket'>,
  create: (options: BucketPlace & { now: () => number }) => Presigner,
): Kind => {
  const bucket = { ...place, bucket: 'acme' };
  return {
    presigner: (now) => create({ ...bucket, now: () => now }),
    unsigned: (key) => unsignedUrl(bucketAddress(bucket), key),
  };
};

const azure = { account: 'acme', container: 'data', endpoint: 'https://acme.blob.core.windows.net' };
const accountKey = Buffer.from('key').toString('base64');

const KINDS: Readonly<Record<string, Kind>> = {
  s3: inBucket({ endpoint: 'https://s3.eu-west-2.amazonaws.com', pathStyle: false }, (options) =>
    createPresigner({ ...options, ...keys, region: 'eu-west-2', sessionToken: 'token' }),
  ),
  minio: inBucket({ endpoint: 'http://127.0.0.1:9000', pathStyle: true }, (options) =>
    createPresigner({ ...options, ...keys, region: 'us-east-1' }),
  ),
  gcs: inBucket({ endpoint: GCS_ENDPOINT, pathStyle: true }, (options) =>
    createGcsPresigner({ ...options, ...keys }),
  ),
  obs: inBucket({ endpoint: 'https://obs.eu-de.otc.t-systems.com', pathStyle: false }, (options) =>
    createObsPresigner({ ...options, ...keys, securityToken: 'token' }),
  ),
  azure: {
    presigner: (now) => createAzurePresigner({ ...azure, accountKey, now: () => now }),
    unsigned: azureBlobUrl({ ...azure, now: () => 0 }),
  },
};

const key = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom('/', '%2F', '+', ' ', '.', '..', '%', '?', '#', '\\', 'e\u0301'),
    ),
  )
  .map((parts) => parts.join(''))
  .filter((text) => text !== '');

function located(url: string) {
  const result = locate(url);
  if (!result.ok) throw new Error(result.problem);
  return result.url;
}

describe.each(Object.entries(KINDS))('a presigned URL of %s', (_name, { presigner, unsigned }) => {
  it('has the identity of the unsigned one, whenever it was signed', () => {
    fc.assert(
      fc.property(key, fc.integer({ min: 1e12, max: 4e12 }), (name, now) => {
        const url = presigner(now)(name, { expiresInSeconds: 60 });
        expect(located(url).identity).toBe(located(unsigned(name)).identity);
      }),
    );
  });

  it('says when it dies', () => {
    const now = Date.UTC(2026, 2, 1, 12);
    const { signature } = located(presigner(now)('a.jpg', { expiresInSeconds: 60 }));
    expect(signature?.expiresAt).toBe(now + 60_000);
  });
});

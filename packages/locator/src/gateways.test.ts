import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileGateways, GatewayError, remappedHosts } from './gateways.js';
import { locate } from './locate.js';
import { escapeKey } from './presign/bucket-address.js';

const GATEWAY = 'https://data.example.com/';
const signature =
  'X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=K&X-Amz-Date=20260301T120000Z&X-Amz-Expires=60&X-Amz-SignedHeaders=host&X-Amz-Signature=ab';

/** How the bucket is named, and other addresses of the same place. */
const buckets: Readonly<Record<string, readonly string[]>> = {
  's3://acme/': ['https://acme.s3.eu-west-2.amazonaws.com/', 'https://s3.amazonaws.com/acme/'],
  'https://acme.s3.eu-west-2.amazonaws.com/scans': ['s3://acme/scans/'],
  'gs://acme/': ['https://storage.googleapis.com/acme/', 'https://acme.storage.googleapis.com/'],
  'az://acme/data/': ['https://acme.blob.core.windows.net/data/'],
  'https://acme.obs.eu-de.otc.t-systems.com/': ['https://obs.eu-de.otc.t-systems.com/acme/'],
  'http://127.0.0.1:9000/acme/a%20b+c/': ['http://127.0.0.1:9000/acme/a%20b%2Bc/'],
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

const located = (url: string, gateways?: Parameters<typeof locate>[1]) => {
  const result = locate(url, gateways);
  if (!result.ok) throw new Error(result.problem);
  return result.url;
};

describe('an object behind a gateway with a bucket', () => {
  it.each(Object.entries(buckets))('has one identity under both, for any key: %s', (bucketUrl, others) => {
    for (const url of [GATEWAY, `${GATEWAY}a/path/`]) {
      const gateways = compileGateways([{ url, bucketUrl }]);
      fc.assert(
        fc.property(key, (name) => {
          const path = escapeKey(name);
          const ofGateway = located(`${url}${path}`, gateways);
          expect(ofGateway).toMatchObject({
            servedByGateway: true,
            signature: null,
            host: 'data.example.com',
          });
          for (const address of others) {
            const ofBucket = located(`${address}${path}`, gateways);
            expect(ofBucket).toMatchObject({ servedByGateway: false, identity: ofGateway.identity });
          }
        }),
      );
    }
  });

  it('is the signed object too', () => {
    const gateways = compileGateways([{ url: GATEWAY, bucketUrl: 's3://acme/' }]);
    expect(located(`${GATEWAY}a/b.jpg`, gateways).identity).toBe(
      located(`https://acme.s3.eu-west-2.amazonaws.com/a/b.jpg?${signature}`, gateways).identity,
    );
  });

  it('keeps different keys and different versions apart', () => {
    const gateways = compileGateways([{ url: GATEWAY, bucketUrl: 's3://acme/p/' }]);
    fc.assert(
      fc.property(key, key, (one, other) => {
        const identities = [one, other].map(
          (name) => located(`${GATEWAY}${escapeKey(name)}`, gateways).identity,
        );
        expect(identities[0] === identities[1]).toBe(one === other);
      }),
    );
    expect(located(`${GATEWAY}a?versionId=1`, gateways).identity).toBe('s3://acme/p/a?versionId=1');
  });

  it('reads %2F as a slash and + as a plus, as the gateway does', () => {
    const gateways = compileGateways([{ url: GATEWAY, bucketUrl: 's3://acme/' }]);
    expect(located(`${GATEWAY}a%2Fb+c`, gateways).identity).toBe('s3://acme/a/b%2Bc');
  });
});

describe('an object behind a gateway without a bucket', () => {
  it('is named by its URL, and needs no signature', () => {
    const gateways = compileGateways([{ url: 'https://Data.example.com', bucketUrl: null }]);
    const url = located(`${GATEWAY}a%2Fb`, gateways);
    expect(url).toMatchObject({ servedByGateway: true, provider: 'web' });
    expect(url.identity).toBe(located(`${GATEWAY}a%2Fb`).identity);
  });
});

describe('the gateway of a URL', () => {
  const gateways = compileGateways([
    { url: GATEWAY, bucketUrl: 's3://whole/' },
    { url: `${GATEWAY}scans/`, bucketUrl: 'gs://scans/' },
  ]);

  it.each([
    [`${GATEWAY}a`, 's3://whole/a'],
    [`${GATEWAY}scans/a`, 'gs://scans/a'],
    [`${GATEWAY}%73cans/a`, 'gs://scans/a'],
    [`${GATEWAY}scansa`, 's3://whole/scansa'],
    ['https://data.example.com:443/a', 's3://whole/a'],
    ['https://data.example.com:8443/a', 'https://data.example.com:8443/a'],
    ['https://data.example.com.evil.example/a', 'https://data.example.com.evil.example/a'],
    ['s3://data.example.com/a', 's3://data.example.com/a'],
  ])('is that of its host with the longest path: %s', (url, identity) => {
    expect(located(url, gateways).identity).toBe(identity);
  });
});

describe('a list of gateways', () => {
  it.each([
    ['not_a_gateway_url', 'data.example.com', null],
    ['not_a_gateway_url', 's3://acme/', null],
    ['not_a_gateway_url', 'https://data.example.com/?a=1', null],
    ['not_a_gateway_url', 'https://user:secret@data.example.com/', null],
    ['not_a_bucket_url', GATEWAY, 'acme'],
    ['not_a_bucket_url', GATEWAY, `https://acme.s3.amazonaws.com/?${signature}`],
    ['bucket_is_missing', GATEWAY, 'https://s3.eu-west-2.amazonaws.com/'],
    ['bucket_is_missing', GATEWAY, 'https://storage.googleapis.com'],
    ['bucket_is_gateway', GATEWAY, 'https://DATA.example.com/other/'],
  ])('is refused as %s: %s %s', (problem, url, bucketUrl) => {
    const refused = expect.objectContaining({ name: GatewayError.name, problem, index: 1 });
    const first = { url: 'https://first.example.com/', bucketUrl: null };
    expect(() => compileGateways([first, { url, bucketUrl }])).toThrow(refused);
  });

  it('is refused with one place twice, however it is written', () => {
    const twice = [GATEWAY, 'https://data.example.com'].map((url) => ({ url, bucketUrl: null }));
    expect(() => compileGateways(twice)).toThrow(expect.objectContaining({ problem: 'repeated', index: 1 }));
  });
});

describe('remapped hosts', () => {
  const mapped = (bucketUrl: string | null, url = GATEWAY) => [{ url, bucketUrl }];

  it.each([
    ['gets a bucket', [], mapped('s3://a/'), ['data.example.com']],
    ['gets another bucket', mapped('s3://a/'), mapped('s3://b/'), ['data.example.com']],
    ['loses its bucket', mapped('s3://a/'), [], ['data.example.com']],
    [
      'gets a place of its own below a mapped one',
      mapped('s3://a/'),
      [...mapped('s3://a/'), ...mapped(null, `${GATEWAY}x/`)],
      ['data.example.com'],
    ],
    ['gets the same bucket by another name', mapped('s3://a/'), mapped('https://a.s3.amazonaws.com/'), []],
    ['is named without a bucket', [], mapped(null), []],
    ['is named no longer, without a bucket', mapped(null), [], []],
  ])('tell where a host %s', (_case, before, after, hosts) => {
    expect(remappedHosts(before, after)).toEqual(hosts);
  });
});

import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { locate } from './locate.js';

/** Every way in which one provider writes the URL of one object. */
interface Provider {
  name: string;
  urls: (bucket: string, key: string) => string[];
  /** Names of the signatures that it takes. */
  signatures: (keyof typeof signatures)[];
}

const hex = fc.stringMatching(/^[0-9a-f]{16}$/);
const base64 = fc.base64String({ minLength: 8, maxLength: 40 }).map(encodeURIComponent);
const epoch = fc.integer({ min: 1_000_000_000, max: 4_000_000_000 });
const compactDate = epoch.map(
  (seconds) => `${new Date(seconds * 1000).toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`,
);
const isoDate = epoch.map((seconds) => new Date(seconds * 1000).toISOString());
const keyId = fc.stringMatching(/^[A-Z0-9]{8,20}$/);
const lifetime = fc.integer({ min: 1, max: 604_800 });

type Parameters = Record<string, fc.Arbitrary<string | number>>;

const v4 = (prefix: string): Parameters => ({
  [`${prefix}Algorithm`]: fc.constant('ALGORITHM'),
  [`${prefix}Credential`]: keyId,
  [`${prefix}Date`]: compactDate,
  [`${prefix}Expires`]: lifetime,
  [`${prefix}SignedHeaders`]: fc.constant('host'),
  [`${prefix}Signature`]: hex,
});
const expiring = (idName: string): Parameters => ({ [idName]: keyId, Expires: epoch, Signature: base64 });
const sas: Parameters = {
  sv: fc.constant('2024-11-04'),
  sp: fc.constant('r'),
  se: isoDate,
  sig: base64,
};

const signatures = {
  sigv4: v4('X-Amz-'),
  sigv4Session: { ...v4('X-Amz-'), 'X-Amz-Security-Token': base64 },
  sigv4LowerCase: v4('x-amz-'),
  sigv2: expiring('AWSAccessKeyId'),
  goog4: v4('X-Goog-'),
  goog2: expiring('GoogleAccessId'),
  obs: expiring('AccessKeyId'),
  obsSession: { ...expiring('AccessKeyId'), 'x-obs-security-token': base64 },
  sasService: { ...sas, sr: fc.constant('b') },
  sasAccount: { ...sas, ss: fc.constant('b'), srt: fc.constant('o'), spr: fc.constant('https') },
  sasDelegation: { ...sas, sr: fc.constant('b'), skoid: keyId, sktid: keyId, skt: isoDate, ske: isoDate },
  canned: expiring('Key-Pair-Id'),
  policy: { Policy: base64, Signature: base64, 'Key-Pair-Id': keyId },
  none: {},
} satisfies Record<string, Parameters>;

const s3Signatures: Provider['signatures'] = ['sigv4', 'sigv4Session', 'sigv4LowerCase', 'sigv2', 'none'];
const bothStyles = (endpoint: string) => (bucket: string, key: string) => [
  `https://${endpoint}/${bucket}/${key}`,
  `https://${bucket}.${endpoint}/${key}`,
];

const providers: Provider[] = [
  {
    name: 'Amazon S3',
    urls: (bucket, key) =>
      ['s3.eu-west-2', 's3', 's3-eu-west-2', 's3.dualstack.eu-west-2', 's3-fips.eu-west-2'].flatMap(
        (service) => bothStyles(`${service}.amazonaws.com`)(bucket, key),
      ),
    signatures: s3Signatures,
  },
  {
    name: 'Google Cloud Storage',
    urls: (bucket, key) => [
      ...bothStyles('storage.googleapis.com')(bucket, key),
      ...bothStyles('commondatastorage.googleapis.com')(bucket, key),
      `https://storage.googleapis.com/download/storage/v1/b/${bucket}/o/${key.replaceAll('/', '%2F')}?alt=media`,
    ],
    signatures: ['goog4', 'goog2', 'sigv4', 'none'],
  },
  {
    name: 'Azure',
    urls: (container, key) => [
      `https://acme.blob.core.windows.net/${container}/${key}`,
      `https://acme-secondary.blob.core.windows.net/${container}/${key}`,
      `https://acme.dfs.core.windows.net/${container}/${key}`,
    ],
    signatures: ['sasService', 'sasAccount', 'sasDelegation', 'none'],
  },
  {
    name: 'OTC OBS',
    urls: bothStyles('obs.eu-de.otc.t-systems.com'),
    signatures: ['obs', 'obsSession', 'sigv2', 'sigv4', 'none'],
  },
  {
    name: 'Huawei OBS',
    urls: bothStyles('obs.eu-west-101.myhuaweicloud.eu'),
    signatures: ['obs', 'obsSession', 'sigv2', 'sigv4', 'none'],
  },
  { name: 'Wasabi', urls: bothStyles('s3.eu-central-1.wasabisys.com'), signatures: s3Signatures },
  { name: 'R2', urls: bothStyles('0a1b2c.r2.cloudflarestorage.com'), signatures: s3Signatures },
  {
    name: 'DigitalOcean',
    urls: (bucket, key) => [
      ...bothStyles('fra1.digitaloceanspaces.com')(bucket, key),
      `https://${bucket}.fra1.cdn.digitaloceanspaces.com/${key}`,
    ],
    signatures: s3Signatures,
  },
  { name: 'Backblaze', urls: bothStyles('s3.us-west-004.backblazeb2.com'), signatures: s3Signatures },
  {
    name: 'Oracle',
    urls: (bucket, key) => [
      `https://objectstorage.eu-frankfurt-1.oraclecloud.com/n/ns/b/${bucket}/o/${key}`,
      `https://objectstorage.eu-frankfurt-1.oraclecloud.com/p/some-Token_1/n/ns/b/${bucket}/o/${key}`,
      `https://ns.objectstorage.eu-frankfurt-1.oci.customer-oci.com/p/other-Token_2/n/ns/b/${bucket}/o/${key}`,
      `https://ns.compat.objectstorage.eu-frankfurt-1.oraclecloud.com/${bucket}/${key}`,
    ],
    signatures: ['sigv4', 'none'],
  },
  {
    name: 'MinIO',
    urls: (bucket, key) => [
      `https://minio.lan:9000/${bucket}/${key}`,
      `http://minio.lan:9000/${bucket}/${key}`,
    ],
    signatures: s3Signatures,
  },
  {
    name: 'CloudFront',
    urls: (folder, key) => [`https://d111111abcdef8.cloudfront.net/${folder}/${key}`],
    signatures: ['canned', 'policy', 'none'],
  },
];

const bucket = fc.stringMatching(/^[a-z0-9][a-z0-9-]{1,12}[a-z0-9]$/);
const key = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 6 }),
      fc.constantFrom('/', '//', '+', ' ', '.', '..', '\\', '%', '%2F', '?', '#', 'é', 'e\u0301', '🎥'),
    ),
    { minLength: 1, maxLength: 6 },
  )
  .map((parts) => parts.join(''));

/** Ways in which software writes a key into a URL, all of which its store reads back as the same key. */
const spellings: readonly ((key: string) => string)[] = [
  (text) => text.split('/').map(encodeURIComponent).join('/'),
  (text) => encodeURIComponent(text).replace(/%[0-9A-F]{2}/g, (found) => found.toLowerCase()),
  (text) => text.replace(/[^A-Za-z0-9/é🎥\\]/gu, (character) => encodeURIComponent(character)),
];
/** On a host that we do not know an escaped slash may be another byte. */
const spellingsOf = ({ name }: Provider) =>
  name === 'MinIO' || name === 'CloudFront' ? spellings.filter((_, index) => index !== 1) : spellings;

function identityOf(url: string): string {
  const result = locate(url);
  if (!result.ok) throw new Error(`${url} is refused: ${result.problem}`);
  return result.url.identity;
}

const join = (url: string, query: string) =>
  query === '' ? url : `${url}${url.includes('?') ? '&' : '?'}${query}`;

/** A URL of the object in any of the provider's styles and spellings, signed in any way that it takes. */
const signedUrl = (provider: Provider, ofBucket: string, ofKey: string): fc.Arbitrary<string> =>
  fc
    .constantFrom(...spellingsOf(provider))
    .chain((spell) => fc.constantFrom(...provider.urls(ofBucket, spell(ofKey))))
    .chain((url) =>
      fc
        .constantFrom(...provider.signatures)
        .chain((name) =>
          fc
            .record<Record<string, string | number>>(signatures[name])
            .chain((values) =>
              fc
                .shuffledSubarray(Object.entries(values), { minLength: Object.keys(values).length })
                .map((pairs) => join(url, pairs.map(([param, value]) => `${param}=${value}`).join('&'))),
            ),
        ),
    );

const { cases } = JSON.parse(readFileSync(new URL('../vectors/urls.json', import.meta.url), 'utf8')) as {
  cases: { name: string; url: string; identity: string }[];
};

describe('identity', () => {
  it.each(providers)('is one however the object of $name is addressed, spelled and signed', (provider) => {
    const twice = fc
      .tuple(bucket, key)
      .chain(([b, k]) => fc.tuple(signedUrl(provider, b, k), signedUrl(provider, b, k)));
    fc.assert(
      fc.property(twice, ([a, b]) => {
        expect(identityOf(a)).toBe(identityOf(b));
      }),
    );
  });

  it.each(providers)('differs between any two objects of $name', (provider) => {
    const name = fc.tuple(bucket, key);
    const two = fc
      .tuple(name, name)
      .filter(([[bucketA, keyA], [bucketB, keyB]]) => bucketA !== bucketB || keyA !== keyB)
      .chain(([[bucketA, keyA], [bucketB, keyB]]) =>
        fc.tuple(signedUrl(provider, bucketA, keyA), signedUrl(provider, bucketB, keyB)),
      );
    fc.assert(
      fc.property(two, ([a, b]) => {
        expect(identityOf(a)).not.toBe(identityOf(b));
      }),
    );
  });

  it.each([
    ['s3', 'Amazon S3', (b: string, k: string) => `s3://${b}/${k}`],
    ['gs', 'Google Cloud Storage', (b: string, k: string) => `gs://${b}/${k}`],
    ['az', 'Azure', (b: string, k: string) => `az://acme/${b}/${k}`],
  ] as const)('is that of the https URL for an object named by %s://', (scheme, name, urlOf) => {
    const provider = providers.find((one) => one.name === name) as Provider;
    const both = fc
      .tuple(bucket, key, fc.constantFrom(...spellings))
      .chain(([b, k, spell]) => fc.tuple(fc.constant(urlOf(b, spell(k))), signedUrl(provider, b, k)));
    fc.assert(
      fc.property(both, ([ofStore, ofWeb]) => {
        expect(identityOf(ofStore)).toBe(identityOf(ofWeb));
        expect(identityOf(identityOf(ofStore))).toBe(identityOf(ofStore));
        expect(locate(ofStore)).toMatchObject({
          ok: true,
          url: { needsSigner: true, origin: '', host: '', signature: null, secretStart: -1 },
        });
        expect(ofStore.startsWith(`${scheme}://`)).toBe(true);
      }),
    );
  });

  it.each([
    ['s3://', 'bad_bucket'],
    ['s3:///key', 'bad_bucket'],
    ['s3://acme', 'no_key'],
    ['gs://acme/', 'no_key'],
    ['az://acme:443/a/b', 'bad_bucket'],
    ['s3://user@acme/a', 'has_credentials'],
    ['s3://acme/a b', 'has_whitespace'],
    ['ftp://acme/a', 'unsupported_scheme'],
  ])('is not there for %s', (url, problem) => {
    expect(locate(url)).toEqual({ ok: false, problem });
  });

  it('differs between the same key of any two providers', () => {
    const two = fc
      .tuple(fc.shuffledSubarray(providers, { minLength: 2, maxLength: 2 }), bucket, key)
      .chain(([pair, b, k]) => fc.tuple(...pair.map((provider) => signedUrl(provider, b, k))));
    fc.assert(
      fc.property(two, ([a = '', b = '']) => {
        expect(identityOf(a)).not.toBe(identityOf(b));
      }),
    );
  });

  it.each(cases.filter(({ identity }) => identity.startsWith('https:')))(
    'is its own identity: $name',
    ({ identity }) => {
      expect(identityOf(identity)).toBe(identity);
    },
  );

  it('is its own identity, whatever the URL', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 4 }),
      fc.constantFrom('/', '%2f', '%41', '%', '+', '?', '&', '=', 'a=1', 'B=2', 'Expires=1', 'sig=s', 'sv=1'),
      fc.constantFrom('Signature=s', 'Key-Pair-Id=k', 'X-Amz-Signature=s', 'X-Amz-Credential=c', 'token=t'),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => {
        const result = locate(`https://files.acme.com/${pieces.join('')}`);
        fc.pre(result.ok);
        if (result.ok) expect(identityOf(result.url.identity)).toBe(result.url.identity);
      }),
      { numRuns: 1_000 },
    );
  });
});

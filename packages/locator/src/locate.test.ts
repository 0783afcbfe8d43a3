import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type LocatedUrl, locate } from './locate.js';
import { redactUrl } from './redact.js';
import { createPresigner } from './sigv4/presigner.js';

interface LocatedCase {
  name: string;
  url: string;
  family: string | null;
  certainty: string | null;
  expiresAt: string | null;
  notBefore?: string;
  identity: string;
}

interface Vectors {
  cases: LocatedCase[];
  refused: { name: string; url: string; problem: string }[];
}

const vectors: Vectors = JSON.parse(readFileSync(new URL('../vectors/urls.json', import.meta.url), 'utf8'));
const SECRET_VALUE = /ab12|00ff|Zm9v|Signature=|4_004EXAMPLE|AbC-dEf_tok|6f1c9a7e|eyJ|k9z|0-xyz|abc%3D|hmac/;

function located(url: string): LocatedUrl {
  const result = locate(url);
  if (!result.ok) throw new Error(`refused: ${result.problem}`);
  return result.url;
}

describe('locate', () => {
  it.each(vectors.cases)('reads: $name', ({ url, family, certainty, expiresAt, notBefore, identity }) => {
    const { signature, ...rest } = located(url);
    expect(rest.identity).toBe(identity);
    expect(signature?.family ?? null).toBe(family);
    expect(signature?.certainty ?? null).toBe(certainty);
    expect(signature?.expiresAt ?? null).toBe(expiresAt === null ? null : Date.parse(expiresAt));
    if (notBefore !== undefined) expect(signature?.notBefore).toBe(Date.parse(notBefore));
  });

  it.each(vectors.cases)('redacts: $name', ({ url, family }) => {
    const redacted = redactUrl(url) ?? '';
    expect(`${redacted} ${located(url).defaultTitle}`).not.toMatch(SECRET_VALUE);
    if (family !== null) expect(located(redacted).signature).toBeNull();
  });

  it.each(vectors.cases)('marks an identity that holds a secret: $name', ({ url }) => {
    const { identity, identityHoldsSecret } = located(url);
    if (SECRET_VALUE.test(identity)) expect(identityHoldsSecret).toBe(true);
  });

  it.each(vectors.refused)('refuses with $problem: $name', ({ url, problem }) => {
    expect(locate(url)).toEqual({ ok: false, problem });
  });

  it('takes a URL longer than 2,048 characters', () => {
    const url = `https://files.acme.com/${'a'.repeat(2049 - 'https://files.acme.com/'.length)}`;
    expect(url).toHaveLength(2049);
    expect(located(url).identity).toBe(url);
  });

  it('never throws and finds nothing secret left in what it redacted', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        '?',
        '&',
        '#',
        '%',
        '\ud800',
        'https://',
        'a.s3.amazonaws.com',
        'X-Amz-Signature=s',
        'sig=s',
        '&sv=1',
        '/p/t/n/',
      ),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        expect(locate(pieces.join(''))).toBeDefined();
        expect(locate(`https://h/${pieces.join('')}`)).toBeDefined();
        expect(redactUrl(pieces.join('')) ?? '').not.toMatch(/[?&](?:X-Amz-Signature|sig)=s/);
      }),
    );
  });
});

describe('the fields beside the identity', () => {
  const signed =
    'HTTP://Minio.LAN:9000/my-bucket/doc-files/my%20doc.pdf?partNumber=2&X-Amz-Credential=c&X-Amz-Signature=s#p';

  it('give host, origin and title as browsers and people write them', () => {
    const { provider, host, origin, defaultTitle } = located(signed);
    expect({ provider, host, origin, defaultTitle }).toEqual({
      provider: 'web',
      host: 'minio.lan:9000',
      origin: 'http://minio.lan:9000',
      defaultTitle: 'my-bucket/doc-files/my doc.pdf',
    });
  });

  it('leave every byte of the redacted URL but the signature as it was', () => {
    expect(redactUrl(signed)).toBe('HTTP://Minio.LAN:9000/my-bucket/doc-files/my%20doc.pdf?partNumber=2#p');
  });

  it.each([
    ['doc-files/beowulf.pdf', 'https://b.s3.amazonaws.com/doc-files/beowulf.pdf?versionId=1'],
    ['100%/a.jpg', 'https://files.acme.com/100%/a.jpg'],
    ['/img//a.jpg', 'https://files.acme.com//img//a.jpg'],
    ['files.acme.com', 'https://files.acme.com'],
  ])('title %s', (title, url) => {
    expect(located(url).defaultTitle).toBe(title);
  });

  it.each([
    ['a credential left behind by HTML', 'https://h/a?x=1&amp;X-Amz-Signature=s', 'https://h/a?x=1'],
    ['a key with an unescaped #', 'https://h/a#1.jpg?X-Amz-Credential=c&X-Amz-Signature=s', 'https://h/a'],
    ['the token of an unknown service', 'https://h/a?access_token=s&b=2', 'https://h/a?b=2'],
  ])('redacts %s', (_case, url, redacted) => {
    expect(redactUrl(url)).toBe(redacted);
  });
});

describe('identity of signed URLs', () => {
  const endpoints = [
    { endpoint: 'https://s3.eu-west-2.amazonaws.com', pathStyle: false },
    { endpoint: 'https://s3.eu-west-2.amazonaws.com', pathStyle: true },
    { endpoint: 'https://s3.eu-central-1.wasabisys.com', pathStyle: false },
    { endpoint: 'https://storage.googleapis.com', pathStyle: true },
    { endpoint: 'http://127.0.0.1:9000', pathStyle: true },
  ];
  const key = fc
    .array(
      fc.oneof(
        fc.string({ unit: 'grapheme' }),
        fc.constantFrom('/', '%2F', '+', ' ', '.', '..', '%', '?', '#', 'é', 'e\u0301'),
      ),
    )
    .map((parts) => parts.join(''))
    .filter((text) => text !== '');

  function identityAt(
    at: (typeof endpoints)[number],
    name: string,
    now: number,
    expiresInSeconds: number,
  ): string {
    const presign = createPresigner({
      ...at,
      bucket: 'acme',
      region: 'eu-west-2',
      accessKeyId: `AKIA${now}`,
      secretAccessKey: 'secret',
      now: () => now,
    });
    return located(presign(name, { expiresInSeconds })).identity;
  }

  it.each(endpoints)('is one per key, whenever it is signed: $endpoint path style $pathStyle', (at) => {
    const time = fc.integer({ min: 0, max: 4e12 });
    const expiry = fc.integer({ min: 1, max: 604_800 });
    fc.assert(
      fc.property(key, time, time, expiry, (name, a, b, seconds) => {
        expect(identityAt(at, name, a, seconds)).toBe(identityAt(at, name, b, 60));
      }),
    );
  });

  it.each(endpoints)('differs between any two keys: $endpoint path style $pathStyle', (at) => {
    fc.assert(
      fc.property(key, key, (a, b) => {
        fc.pre(a !== b);
        expect(identityAt(at, a, 0, 60)).not.toBe(identityAt(at, b, 0, 60));
      }),
    );
  });
});

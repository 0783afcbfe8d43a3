import { createHash, createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PresignError } from '../presign/presign-error.js';
import { createPresigner, type PresignerOptions } from './presigner.js';

const exampleKeys = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
};
const options: PresignerOptions = {
  ...exampleKeys,
  endpoint: 'https://s3.amazonaws.com',
  bucket: 'examplebucket',
  region: 'us-east-1',
  pathStyle: false,
  now: () => Date.UTC(2013, 4, 24),
};

/** Recomputes the signature from the URL alone, as a store does: decode, sort, re-encode, derive. */
function recompute(url: string, secretAccessKey: string, method = 'GET'): string {
  const [, host = '', path = '', query = ''] = /^https?:\/\/([^/]+)(\/[^?]*)\?(.*)$/s.exec(url) ?? [];
  const params = query.split('&').map((pair) => pair.split('=').map(decodeURIComponent) as [string, string]);
  const value = (name: string) => params.find(([key]) => key === name)?.[1] ?? '';
  const canonicalQuery = params
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, text]) => `${awsEncode(name)}=${awsEncode(text)}`)
    .sort()
    .join('&');
  const canonicalPath = path
    .split('/')
    .map((part) => awsEncode(decodeURIComponent(part)))
    .join('/');
  const request = [
    method,
    canonicalPath,
    canonicalQuery,
    `host:${host}`,
    '',
    'host',
    'UNSIGNED-PAYLOAD',
  ].join('\n');
  const [, ...scope] = value('X-Amz-Credential').split('/');
  const text = [
    'AWS4-HMAC-SHA256',
    value('X-Amz-Date'),
    scope.join('/'),
    createHash('sha256').update(request).digest('hex'),
  ].join('\n');
  let secret: Buffer | string = `AWS4${secretAccessKey}`;
  for (const part of scope) secret = createHmac('sha256', secret).update(part).digest();
  return createHmac('sha256', secret).update(text).digest('hex');
}

function awsEncode(text: string): string {
  return [...Buffer.from(text)]
    .map((byte) => {
      const character = String.fromCharCode(byte);
      return /[A-Za-z0-9\-._~]/.test(character)
        ? character
        : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
    })
    .join('');
}

const signatureOf = (url: string) => /&X-Amz-Signature=([0-9a-f]{64})$/.exec(url)?.[1];

describe('createPresigner', () => {
  it('makes the presigned URL of the AWS documentation', () => {
    expect(createPresigner(options)('test.txt', { expiresInSeconds: 86_400 })).toBe(
      'https://examplebucket.s3.amazonaws.com/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256' +
        '&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request' +
        '&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host' +
        '&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404',
    );
  });

  it('agrees with an independent computation for any key, time, style and session', () => {
    const key = fc.string({ unit: 'grapheme', minLength: 1 });
    const setup = fc.record({
      pathStyle: fc.boolean(),
      time: fc.integer({ min: 0, max: 4e12 }),
      sessionToken: fc.option(fc.base64String({ minLength: 1 })),
      endpoint: fc.constantFrom(
        'https://s3.eu-west-2.amazonaws.com',
        'http://127.0.0.1:9000',
        'https://Minio.LAN:443/',
      ),
    });
    fc.assert(
      fc.property(key, setup, (name, { pathStyle, time, sessionToken, endpoint }) => {
        const session = sessionToken === null ? {} : { sessionToken };
        const url = createPresigner({ ...options, ...session, pathStyle, endpoint, now: () => time })(name, {
          expiresInSeconds: 60,
        });
        expect(signatureOf(url)).toBe(recompute(url, exampleKeys.secretAccessKey));
      }),
    );
  });

  it.each(['HEAD', 'PUT', 'DELETE'] as const)('signs %s for %s alone', (method) => {
    const url = createPresigner(options)('a/b.bin', { expiresInSeconds: 60, method });
    expect(signatureOf(url)).toBe(recompute(url, exampleKeys.secretAccessKey, method));
    expect(signatureOf(url)).not.toBe(recompute(url, exampleKeys.secretAccessKey));
  });

  it('derives a new key when the day changes', () => {
    let now = Date.UTC(2026, 2, 1, 23, 59, 59);
    const presign = createPresigner({ ...options, now: () => now });
    const before = presign('a', { expiresInSeconds: 60 });
    now += 1000;
    const after = presign('a', { expiresInSeconds: 60 });
    expect(before).toContain('%2F20260301%2F');
    expect(after).toContain('%2F20260302%2F');
    expect(signatureOf(after)).toBe(recompute(after, exampleKeys.secretAccessKey));
  });

  it('addresses a local bucket by path, with its port and without TLS', () => {
    const presign = createPresigner({ ...options, endpoint: 'http://127.0.0.1:9000', pathStyle: true });
    expect(presign('a/../b c+(1).jpg', { expiresInSeconds: 1 })).toMatch(
      /^http:\/\/127\.0\.0\.1:9000\/examplebucket\/a\/\.\.\/b%20c%2B%281%29\.jpg\?/,
    );
  });

  it.each([
    ['bad_endpoint', { endpoint: 's3.amazonaws.com' }],
    ['bad_endpoint', { endpoint: 'https://h/prefix' }],
    ['bad_endpoint', { endpoint: 'https://user:pw@h' }],
    ['bad_bucket', { bucket: 'a/b' }],
    ['no_credentials', { secretAccessKey: '' }],
  ])('refuses options with %s: %j', (code, change) => {
    expect(() => createPresigner({ ...options, ...change })).toThrow(expect.objectContaining({ code }));
  });

  it.each([0, 1.5, 604_801, Number.NaN])('refuses to sign for %s seconds', (expiresInSeconds) => {
    const expected: Partial<PresignError> = { code: 'bad_expiry' };
    expect(() => createPresigner(options)('a', { expiresInSeconds })).toThrow(
      expect.objectContaining(expected),
    );
  });

  it.each(['', '\ud800'])('refuses the key %j', (key) => {
    const expected: Partial<PresignError> = { code: 'bad_key' };
    expect(() => createPresigner(options)(key, { expiresInSeconds: 60 })).toThrow(
      expect.objectContaining(expected),
    );
  });
});

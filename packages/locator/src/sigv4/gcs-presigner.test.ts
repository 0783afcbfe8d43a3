import { createHash, createHmac, generateKeyPairSync, sign, verify } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  createGcsPresigner,
  createGcsRemotePresigner,
  GCS_ENDPOINT,
  type GcsPlace,
} from './gcs-presigner.js';

const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const serviceAccount = {
  clientEmail: 'scanner@acme-project.iam.gserviceaccount.com',
  privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
};
const place: GcsPlace = {
  endpoint: GCS_ENDPOINT,
  bucket: 'acme',
  pathStyle: true,
  now: () => Date.UTC(2026, 2, 1, 12),
};

/** What Google says is signed, put together from the URL alone. */
function signedText(url: string, method = 'GET'): { text: string; signature: Buffer; algorithm: string } {
  const [, host = '', path = '', query = ''] = /^https:\/\/([^/]+)(\/[^?]*)\?(.*)$/s.exec(url) ?? [];
  const params = new Map(query.split('&').map((pair) => pair.split('=') as [string, string]));
  const value = (name: string): string => decodeURIComponent(params.get(name) ?? '');
  const signature = Buffer.from(value('X-Goog-Signature'), 'hex');
  const canonicalQuery = query
    .split('&')
    .filter((pair) => !pair.startsWith('X-Goog-Signature='))
    .map((pair) => pair.split('='))
    .sort(([a = ''], [b = '']) => (a < b ? -1 : 1))
    .map((pair) => pair.join('='))
    .join('&');
  const request = [method, path, canonicalQuery, `host:${host}`, '', 'host', 'UNSIGNED-PAYLOAD'].join('\n');
  const algorithm = value('X-Goog-Algorithm');
  const [, ...scope] = value('X-Goog-Credential').split('/');
  const digest = createHash('sha256').update(request).digest('hex');
  return {
    text: [algorithm, value('X-Goog-Date'), scope.join('/'), digest].join('\n'),
    signature,
    algorithm,
  };
}

function isSigned(url: string, method = 'GET'): boolean {
  const { text, signature } = signedText(url, method);
  return verify('sha256', Buffer.from(text), publicKey, signature);
}

describe('createGcsPresigner', () => {
  it('writes the URL as Google documents it', () => {
    const url = createGcsPresigner({ ...place, ...serviceAccount })('img/a b.jpg', { expiresInSeconds: 600 });
    expect(url).toMatch(
      new RegExp(
        '^https://storage\\.googleapis\\.com/acme/img/a%20b\\.jpg\\?X-Goog-Algorithm=GOOG4-RSA-SHA256' +
          '&X-Goog-Credential=scanner%40acme-project\\.iam\\.gserviceaccount\\.com%2F20260301%2Fauto%2Fstorage%2Fgoog4_request' +
          '&X-Goog-Date=20260301T120000Z&X-Goog-Expires=600&X-Goog-SignedHeaders=host&X-Goog-Signature=[0-9a-f]{512}$',
      ),
    );
  });

  it('makes signatures that the public key verifies, for any key, style and parameters', () => {
    const presigners = [true, false].map((pathStyle) =>
      createGcsPresigner({ ...place, pathStyle, ...serviceAccount }),
    );
    const name = fc.string({ unit: 'grapheme', minLength: 1 });
    const params = fc.dictionary(fc.stringMatching(/^[a-z][a-z-]{0,8}$/), fc.string({ unit: 'grapheme' }));
    fc.assert(
      fc.property(name, fc.constantFrom(...presigners), params, (key, presign, given) => {
        expect(isSigned(presign(key, { expiresInSeconds: 60, params: given }))).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  it('signs for one method, one object and one moment', () => {
    const url = createGcsPresigner({ ...place, ...serviceAccount })('a.jpg', { expiresInSeconds: 60 });
    expect(isSigned(url)).toBe(true);
    expect(isSigned(url, 'DELETE')).toBe(false);
    expect(isSigned(url.replace('/a.jpg', '/b.jpg'))).toBe(false);
    expect(isSigned(url.replace('Expires=60', 'Expires=61'))).toBe(false);
  });

  it('signs the bucket itself with the parameters of a list', () => {
    const url = createGcsPresigner({ ...place, ...serviceAccount })(null, {
      expiresInSeconds: 60,
      params: { 'list-type': '2', prefix: 'img/' },
    });
    expect(url).toMatch(
      /^https:\/\/storage\.googleapis\.com\/acme\?.*&list-type=2&prefix=img%2F&X-Goog-Signature=/,
    );
    expect(isSigned(url)).toBe(true);
  });

  it('signs with an HMAC key that is derived for the day', () => {
    const url = createGcsPresigner({ ...place, accessKeyId: 'GOOG1EXAMPLE', secretAccessKey: 'secret' })(
      'a.jpg',
      {
        expiresInSeconds: 60,
      },
    );
    const { text, signature, algorithm } = signedText(url);
    expect(algorithm).toBe('GOOG4-HMAC-SHA256');
    let key: Buffer | string = 'GOOG4secret';
    for (const part of ['20260301', 'auto', 'storage', 'goog4_request', text]) {
      key = createHmac('sha256', key).update(part).digest();
    }
    expect(signature).toEqual(key);
  });

  it('has a service sign, which gets the text alone', async () => {
    const presign = createGcsRemotePresigner({
      ...place,
      clientEmail: serviceAccount.clientEmail,
      signBlob: async (bytes) => sign('sha256', bytes, privateKey),
    });
    const local = createGcsPresigner({ ...place, ...serviceAccount });
    expect(await presign('a.jpg', { expiresInSeconds: 60 })).toBe(local('a.jpg', { expiresInSeconds: 60 }));
  });

  it.each([
    ['no_credentials', { clientEmail: '', privateKey: serviceAccount.privateKey }],
    ['bad_credentials', { ...serviceAccount, privateKey: 'no PEM' }],
    ['no_credentials', { accessKeyId: 'GOOG1EXAMPLE', secretAccessKey: '' }],
  ])('refuses credentials with %s', (code, credentials) => {
    expect(() => createGcsPresigner({ ...place, ...credentials })).toThrow(expect.objectContaining({ code }));
  });

  it('never says what a private key holds that it cannot read', () => {
    const broken = serviceAccount.privateKey.replace(/[A-Z]{2}/, '!!');
    const read = () => createGcsPresigner({ ...place, ...serviceAccount, privateKey: broken });
    expect(read).toThrow(/^The private key of the service account is no RSA key in PEM/);
  });
});

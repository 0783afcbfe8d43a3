import { createHash, createPublicKey, verify } from 'node:crypto';
import { expect, test } from 'vitest';
import { sha256OfBody, signatureHeaders } from './signing.js';
import { readSigningKey } from './signing-key.js';
import { generateSshKeyPair } from './ssh-key.js';

const now = new Date('2026-01-02T03:04:05.999Z');
const key = readSigningKey(generateSshKeyPair().privateKey);

test('signs method, target and digest in the form of the official client', () => {
  const bodySha256 = createHash('sha256').update('{"name":"x"}').digest();
  const target = '/v2/public/storage/folders?search=a%20b&pageSize=1';
  const headers = signatureHeaders(key, { method: 'post', target, bodySha256 }, now);

  const created = Math.floor(Date.UTC(2026, 0, 2, 3, 4, 5) / 1000) - 30;
  const parameters = `("@method" "@request-target" "content-digest");created=${created};keyid="${key.publicKeyHex}";alg="ed25519"`;
  const digest = `sha-256=:${createHash('sha256').update('{"name":"x"}').digest('base64')}:`;
  expect(headers['content-digest']).toBe(digest);
  expect(headers['signature-input']).toBe(`encord-sig=${parameters}`);
  const signature = /^encord-sig=:([A-Za-z0-9+/]+=*):$/.exec(headers.signature)?.[1] ?? '';
  const signedText = `"@method": POST\n"@request-target": ${target}\n"content-digest": ${digest}\n"@signature-params": ${parameters}`;
  const publicKey = createPublicKey({
    format: 'jwk',
    key: { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(key.publicKeyHex, 'hex').toString('base64url') },
  });
  expect(verify(null, Buffer.from(signedText), publicKey, Buffer.from(signature, 'base64'))).toBe(true);
});

test('derives the public key of the first test vector of RFC 8032', () => {
  const seed = '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60';
  const der = Buffer.from(`302e020100300506032b657004220420${seed}`, 'hex').toString('base64');
  const known = readSigningKey(`-----BEGIN PRIVATE KEY-----\n${der}\n-----END PRIVATE KEY-----\n`);
  expect(known.publicKeyHex).toBe('d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a');
});

test('hashes bytes, blobs, files and nothing alike', async () => {
  const bytes = new TextEncoder().encode('manifest');
  const expected = createHash('sha256').update('manifest').digest('hex');
  const bodies = [bytes, new Blob([bytes]), { open: () => new Blob([bytes]).stream() }];
  for (const body of bodies) {
    expect(Buffer.from(await sha256OfBody(body)).toString('hex')).toBe(expected);
  }
  const empty = createHash('sha256').digest('hex');
  expect(Buffer.from(await sha256OfBody(undefined)).toString('hex')).toBe(empty);
});

import { generateKeyPairSync } from 'node:crypto';
import { expect, test } from 'vitest';
import { readSigningKey } from './signing-key.js';
import { formatSshPublicKey, generateSshKeyPair, parseSshPublicKey } from './ssh-key.js';

test('reads back the pair that it generates, whatever the length of the comment', () => {
  for (const comment of ['', 'a', 'ada@example.com', 'x'.repeat(101)]) {
    const pair = generateSshKeyPair(comment);
    const parsed = parseSshPublicKey(pair.publicKey);
    expect(Buffer.from(parsed.rawKey).toString('hex')).toBe(readSigningKey(pair.privateKey).publicKeyHex);
    expect(parsed.comment).toBe(comment);
    expect(formatSshPublicKey(parsed.rawKey, comment)).toBe(pair.publicKey);
    expect(pair.fingerprint).toMatch(/^SHA256:[A-Za-z0-9+/]{43}$/);
  }
});

test('reads a key in an environment variable whose line ends are written as \\n', () => {
  const { privateKey } = generateSshKeyPair();
  expect(readSigningKey(privateKey.replaceAll('\n', '\\n')).publicKeyHex).toBe(
    readSigningKey(privateKey).publicKeyHex,
  );
});

test('reads PKCS8 PEM', () => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const x = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url').toString('hex');
  const pem = privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
  expect(readSigningKey(pem).publicKeyHex).toBe(x);
});

test('says what is wrong with a private key that it cannot use', () => {
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
  const rsaPem = rsa.export({ format: 'pem', type: 'pkcs8' }).toString();
  const encryptedPem = generateKeyPairSync('ed25519')
    .privateKey.export({ format: 'pem', type: 'pkcs8', cipher: 'aes-256-cbc', passphrase: 'secret' })
    .toString();
  const whole = generateSshKeyPair().privateKey;
  const cut = `${whole.slice(0, 150)}\n-----END OPENSSH PRIVATE KEY-----\n`;
  expect(() => readSigningKey(rsaPem)).toThrow(expect.objectContaining({ code: 'key_not_ed25519' }));
  expect(() => readSigningKey(encryptedPem)).toThrow(expect.objectContaining({ code: 'key_encrypted' }));
  expect(() => readSigningKey(cut)).toThrow(expect.objectContaining({ code: 'key_malformed' }));
  expect(() => readSigningKey('hello')).toThrow(expect.objectContaining({ code: 'key_malformed' }));
});

test('says what is wrong with a public key that it cannot use', () => {
  const good = generateSshKeyPair().publicKey;
  expect(() => parseSshPublicKey('ssh-rsa AAAA x')).toThrow(
    expect.objectContaining({ code: 'key_not_ed25519' }),
  );
  expect(() => parseSshPublicKey(good.slice(0, 40))).toThrow(
    expect.objectContaining({ code: 'key_malformed' }),
  );
  expect(() => parseSshPublicKey('ssh-ed25519')).toThrow(expect.objectContaining({ code: 'key_malformed' }));
});

import { expect, test } from 'vitest';
import { keyComment, publicKeyProblem } from './public-key.js';

test('an Ed25519 public key is fine, and its comment is the title', () => {
  const key = ' ssh-ed25519 AAAAC3Nza anna at work\n';
  expect(publicKeyProblem(key)).toBeNull();
  expect(keyComment(key)).toBe('anna at work');
});

test.each([
  ['-----BEGIN OPENSSH PRIVATE KEY-----', 'private key'],
  ['ssh-rsa AAAA', 'Ed25519'],
])('%s is refused', (key, part) => {
  expect(publicKeyProblem(key)).toContain(part);
});

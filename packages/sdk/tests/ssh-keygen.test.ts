import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readSigningKey } from '../src/signing-key.js';
import { generateSshKeyPair, parseSshPublicKey, sshFingerprint } from '../src/ssh-key.js';

const hasSshKeygen = spawnSync('ssh-keygen', ['-?']).error === undefined;

function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'latchkey-ssh-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  return directory;
}

test.runIf(hasSshKeygen)('makes keys that ssh-keygen reads', () => {
  const path = join(temporaryDirectory(), 'key');
  const pair = generateSshKeyPair('ada@example.com');
  writeFileSync(path, pair.privateKey, { mode: 0o600 });
  expect(execFileSync('ssh-keygen', ['-y', '-f', path], { encoding: 'utf8' }).trim()).toBe(pair.publicKey);
  expect(execFileSync('ssh-keygen', ['-l', '-f', path], { encoding: 'utf8' })).toContain(pair.fingerprint);
});

test.runIf(hasSshKeygen)('reads keys that ssh-keygen makes, and refuses one with a passphrase', () => {
  const directory = temporaryDirectory();
  const [open, locked] = [join(directory, 'open'), join(directory, 'locked')];
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', 'x y', '-f', open]);
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', 'secret', '-f', locked]);
  const { rawKey, comment } = parseSshPublicKey(readFileSync(`${open}.pub`, 'utf8'));
  expect(readSigningKey(readFileSync(open, 'utf8')).publicKeyHex).toBe(Buffer.from(rawKey).toString('hex'));
  expect(comment).toBe('x y');
  expect(execFileSync('ssh-keygen', ['-l', '-f', open], { encoding: 'utf8' })).toContain(
    sshFingerprint(rawKey),
  );
  expect(() => readSigningKey(readFileSync(locked, 'utf8'))).toThrow(
    expect.objectContaining({ code: 'key_encrypted' }),
  );
});

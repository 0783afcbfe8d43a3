import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSigningKey } from '@latchkey/sdk/signing-key';
import { parseSshPublicKey } from '@latchkey/sdk/ssh-key';
import { expect, test } from 'vitest';
import { runLatchkey } from './run-latchkey.js';
import { temporaryDirectory } from './temporary-directory.js';

test('makes a pair whose private key only its owner may read', async () => {
  const path = join(temporaryDirectory(), 'new', 'key');
  const { exitCode, stdout } = await runLatchkey([
    'key',
    'new',
    '--out',
    path,
    '--comment',
    'ada@example.com',
  ]);
  expect(exitCode).toBe(0);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  const publicLine = readFileSync(`${path}.pub`, 'utf8').trim();
  expect(stdout.split('\n').at(-1)).toBe(publicLine);
  expect(stdout).toMatch(/Fingerprint: SHA256:\S{43}/);
  const { rawKey, comment } = parseSshPublicKey(publicLine);
  expect(comment).toBe('ada@example.com');
  expect(readSigningKey(readFileSync(path, 'utf8')).publicKeyHex).toBe(Buffer.from(rawKey).toString('hex'));
});

test('never writes over a file, and then writes nothing at all', async () => {
  const directory = temporaryDirectory();
  for (const existing of ['key', 'other.pub']) {
    writeFileSync(join(directory, existing), 'mine');
    const path = join(directory, existing.replace('.pub', ''));
    const { exitCode, stderr } = await runLatchkey(['key', 'new', '--out', path]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(`${join(directory, existing)} exists already.`);
    expect(readFileSync(join(directory, existing), 'utf8')).toBe('mine');
  }
  expect(existsSync(join(directory, 'key.pub'))).toBe(false);
  expect(existsSync(join(directory, 'other'))).toBe(false);
});

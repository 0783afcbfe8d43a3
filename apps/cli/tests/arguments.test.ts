import { generateSshKeyPair } from '@latchkey/sdk/ssh-key';
import { expect, test } from 'vitest';
import { manifestFile } from './manifest-file.js';
import { runLatchkey } from './run-latchkey.js';

const target = ['--folder', 'Streets', '--integration', 'Cameras'];

const manifest = { images: [{ objectUrl: 'https://bucket.example.com/a.jpg' }] };

test('prints the version and the help with the exit codes', async () => {
  expect(await runLatchkey(['--version'])).toMatchObject({ exitCode: 0, stdout: '0.1.0' });
  const help = await runLatchkey(['register', '--help']);
  expect(help.exitCode).toBe(0);
  expect(help.stdout).toMatch(/Exit codes:\n {2}0 .*\n {2}1 .*\n {2}2 .*\n {2}3 .*\n {2}4 /);
});

test('refuses unknown commands and options, and options that are missing', async () => {
  for (const args of [
    ['regster'],
    ['register'],
    ['register', 'm.json', '--folder', 'Streets'],
    ['register', 'm.json', ...target, '--colour'],
    ['demo', '--port', '99999'],
    ['key', 'new', '--comment'],
    ['register', 'm.json', ...target, '--idempotency-key', 'two words'],
    ['job', 'units', 'j', '--folder', 'f', '--outcome', 'lost'],
    ['job', 'units', 'j', '--folder', 'f', '--limit', '0'],
    ['job', 'errors', 'j', '--folder', 'f', '--format', 'xml'],
    ['job', 'failed-units', 'j'],
  ]) {
    const { exitCode, stdout, stderr } = await runLatchkey(args);
    expect(exitCode, args.join(' ')).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^error: /);
  }
});

test('says which credentials it lacks or cannot use', async () => {
  const path = manifestFile(manifest);
  const none = await runLatchkey(['register', path, ...target]);
  expect(none.exitCode).toBe(2);
  expect(none.stderr).toContain('LATCHKEY_SSH_KEY_FILE');
  const missing = await runLatchkey([
    'register',
    path,
    ...target,
    '--ssh-key-file',
    '/no/such/key',
    '--json',
  ]);
  expect(missing).toMatchObject({ exitCode: 2, stderr: '' });
  expect(JSON.parse(missing.stdout)).toMatchObject({ error: { code: 'key_file_unreadable' } });
});

test('answers 3 where the server cannot be reached, with its address and no stack trace', async () => {
  const environment = { ENCORD_SSH_KEY: generateSshKeyPair().privateKey };
  const args = ['register', manifestFile(manifest), ...target, '--url', 'http://127.0.0.1:9'];
  const { exitCode, stderr } = await runLatchkey(args, { environment });
  expect(exitCode).toBe(3);
  expect(stderr).toContain('The server at http://127.0.0.1:9 could not be reached.');
  expect(stderr).not.toContain('    at ');
});

test('shows what lies behind an error with --verbose', async () => {
  const { stderr } = await runLatchkey(['check', '/no/such/manifest.json', '--verbose']);
  expect(stderr).toContain('Code: file_unreadable');
  expect(stderr).toContain('ENOENT: no such file or directory');
});

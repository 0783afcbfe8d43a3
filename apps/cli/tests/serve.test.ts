import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { getCurrentUser } from '@latchkey/contract/routes/session';
import { LatchkeyClient } from '@latchkey/sdk/client';
import { generateSshKeyPair } from '@latchkey/sdk/ssh-key';
import { expect, onTestFinished, test } from 'vitest';
import { spawnLatchkey } from './spawn-latchkey.js';
import { temporaryDirectory } from './temporary-directory.js';

const dataDirectory = () => join(temporaryDirectory(), 'data');

test('serves until SIGTERM and then answers 0', async () => {
  const keyPair = generateSshKeyPair();
  const server = spawnLatchkey(['serve'], {
    LATCHKEY_PORT: '0',
    LATCHKEY_DATA_DIR: dataDirectory(),
    LATCHKEY_LOG_LEVEL: 'warn',
    LATCHKEY_ADMIN_EMAIL: 'ada@example.com',
    LATCHKEY_ADMIN_SSH_KEY: keyPair.publicKey,
  });
  const [, baseUrl = ''] = await server.printed(/^Latchkey is ready at (\S+)$/m);
  const client = LatchkeyClient.createWithSshPrivateKey(keyPair.privateKey, { baseUrl });
  expect(await client.context.transport.call(getCurrentUser)).toMatchObject({ email: 'ada@example.com' });
  server.process.kill('SIGTERM');
  expect(await server.ended).toBe(0);
});

test('answers 2 to a setting that it cannot use, naming the variable and not its value', async () => {
  const server = spawnLatchkey(['serve'], { LATCHKEY_PORT: 'secret', LATCHKEY_DATA_DIR: dataDirectory() });
  expect(await server.ended).toBe(2);
  expect(server.output()).toContain('Error: LATCHKEY_PORT must be');
  expect(server.output()).not.toContain('secret');
  expect(server.output()).not.toContain('    at ');
});

test('answers 2 where the port is taken', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void other.close());
  await new Promise((resolve) => other.once('listening', resolve));
  const { port } = other.address() as AddressInfo;
  const server = spawnLatchkey(['serve'], {
    LATCHKEY_PORT: String(port),
    LATCHKEY_DATA_DIR: dataDirectory(),
  });
  expect(await server.ended).toBe(2);
  expect(server.output()).toContain('LATCHKEY_PORT');
});

import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createTestDatabase,
  type TestDatabase,
  testDatabaseOptions,
} from '@latchkey/db/testing/test-database';
import { LatchkeyClient } from '@latchkey/sdk/client';
import { generateSshKeyPair } from '@latchkey/sdk/ssh-key';
import { type LatchkeyProcess, spawnLatchkey } from '@latchkey/testkit/spawn-latchkey';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { runLatchkey } from './run-latchkey.js';

/** Servers start slowly beside other suites. */
const timeoutMs = 240_000;
vi.setConfig({ testTimeout: timeoutMs });
const isPostgres = process.env['TEST_DATABASE'] === 'postgres';
const keys = generateSshKeyPair('test');
/** Directories of all tests, as they share an installation. */
const root = mkdtempSync(join(tmpdir(), 'latchkey-backup-'));
const temporaryDirectory = () => mkdtempSync(join(root, 'part-'));
const closes: (() => Promise<unknown>)[] = [];
afterAll(async () => {
  for (const close of closes.splice(0).reverse()) await close();
  rmSync(root, { recursive: true });
});

/** Settings of an installation that has nothing yet. */
async function newInstallation(): Promise<Record<string, string>> {
  const database: TestDatabase | null = isPostgres
    ? await createTestDatabase(testDatabaseOptions(process.env))
    : null;
  if (database) closes.push(() => database.drop());
  return {
    PATH: process.env['PATH'] ?? '',
    LATCHKEY_PORT: '0',
    LATCHKEY_LOG_LEVEL: 'warn',
    LATCHKEY_PROBE: 'off',
    LATCHKEY_DATA_DIR: join(temporaryDirectory(), 'data'),
    LATCHKEY_ADMIN_EMAIL: 'admin@example.com',
    LATCHKEY_ADMIN_SSH_KEY: keys.publicKey,
    ...(database?.url ? { DATABASE_URL: database.url } : {}),
  };
}

async function start(environment: Record<string, string>): Promise<LatchkeyProcess> {
  const server = await spawnLatchkey({ command: ['serve'], environment });
  closes.push(() => server.stop());
  return server;
}

const clientOf = (server: LatchkeyProcess) =>
  LatchkeyClient.createWithSshPrivateKey(keys.privateKey, { baseUrl: server.url });

const manifest = {
  images: [1, 2, 3].map((number) => ({
    objectUrl: `https://data.example.com/${number}.jpg?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Signature=secret-${number}`,
    title: `${number}.jpg`,
    imageMetadata: { mimeType: 'image/jpeg', fileSize: 1, width: 1, height: 1 },
  })),
};

/** Registers three items and answers their UUIDs and whole URLs. */
async function register(server: LatchkeyProcess): Promise<string[]> {
  const client = clientOf(server);
  const integration = await client.createCloudIntegration({ title: 'Bucket', strictClientOnly: true });
  const folder = await client.createStorageFolder('Cats');
  const job = await folder.addPrivateDataToFolderStart({
    integrationId: integration.integrationUuid,
    manifest,
  });
  const result = await folder.addPrivateDataToFolderGetResult(job, { timeoutSeconds: 60 });
  expect(result).toMatchObject({ status: 'DONE', unitsDoneCount: 3 });
  return listItems(server);
}

async function listItems(server: LatchkeyProcess): Promise<string[]> {
  const client = clientOf(server);
  const found: string[] = [];
  for await (const folder of client.listStorageFolders())
    for await (const { uuid } of folder.listItems()) {
      const { name, signedUrl } = await client.getStorageItem(uuid, { signUrl: true });
      found.push(`${uuid} ${name} ${signedUrl}`);
    }
  return found.sort();
}

const newBackup = () => join(temporaryDirectory(), 'backup');
const backup = (environment: Record<string, string>, ...args: string[]) =>
  runLatchkey(['backup', ...args], { environment });

let environment: Record<string, string>;
let items: string[];
/** Made while PostgreSQL is in use; of the embedded database, when its server has stopped. */
const directory = newBackup();
const refusedDirectory = newBackup();
let refusal: string;

beforeAll(async () => {
  environment = await newInstallation();
  const server = await start(environment);
  items = await register(server);
  refusal = isPostgres ? '' : (await backup(environment, 'create', refusedDirectory)).stderr;
  if (!isPostgres) await server.stop();
  const saved = await backup(environment, 'create', directory);
  expect(saved.stderr).toBe('');
  expect(saved.exitCode).toBe(0);
}, timeoutMs);

test('is one that only its owner may read, and sound', async () => {
  expect(statSync(directory).mode & 0o777).toBe(0o700);
  expect(statSync(join(directory, 'secret.key')).mode & 0o777).toBe(0o600);
  const { stdout } = await backup(environment, 'verify', directory);
  expect(stdout).toContain(`of ${isPostgres ? 'postgres' : 'pglite'}, saved at`);
});

test(
  'restores the same items with the same URLs, on an empty installation',
  async () => {
    expect(items).toHaveLength(3);
    expect(items[0]).toContain('X-Amz-Signature=secret-');
    const other = await newInstallation();
    const restored = await backup(other, 'restore', directory);
    expect(restored.stderr).toBe('');
    expect(restored.exitCode).toBe(0);
    expect(await listItems(await start(other))).toEqual(items);
  },
  timeoutMs,
);

test('writes nothing over', async () => {
  const again = await backup(environment, 'create', directory);
  expect(again.exitCode).toBe(2);
  expect(again.stderr).toContain(`${directory} holds files already.`);
  const occupied = await backup(environment, 'restore', directory);
  expect(occupied.exitCode).toBe(2);
  expect(occupied.stderr).toContain('already. Nothing is written over.');
});

test('changes nothing when the backup is damaged', async () => {
  const damaged = newBackup();
  cpSync(directory, damaged, { recursive: true });
  const other = await newInstallation();
  writeFileSync(join(damaged, 'secret.key'), `${Buffer.alloc(32).toString('base64')}\n`);
  const differs = await backup(other, 'restore', damaged);
  expect(differs.exitCode).toBe(2);
  expect(differs.stderr).toContain('is damaged: secret.key differs.');
  rmSync(join(damaged, 'secret.key'));
  expect((await backup(other, 'verify', damaged)).stderr).toContain('secret.key is missing');
  expect((await backup(other, 'verify', temporaryDirectory())).stderr).toContain('is no backup');
  expect(existsSync(other['LATCHKEY_DATA_DIR'] ?? '')).toBe(false);
});

test('takes no other key than that of the backup, and needs one where the backup has none', async () => {
  const key = readFileSync(join(directory, 'secret.key'), 'utf8').trim();
  const other = await newInstallation();
  const otherKey = Buffer.alloc(32, 1).toString('base64');
  const wrong = await backup({ ...other, LATCHKEY_SECRET_KEY: otherKey }, 'restore', directory);
  expect(wrong.stderr).toContain('are not those of the backup');
  expect(wrong.stderr).not.toContain(otherKey);

  const withoutKey = newBackup();
  const saved = await backup(environment, 'create', withoutKey, '--without-key');
  expect(saved.stdout).toContain('The secret key is not part of it.');
  expect(existsSync(join(withoutKey, 'secret.key'))).toBe(false);
  expect((await backup(other, 'restore', withoutKey)).stderr).toContain(
    'The backup was made without the key',
  );
  const given = await backup({ ...other, LATCHKEY_SECRET_KEY: key }, 'restore', withoutKey);
  expect(given.exitCode).toBe(0);
});

test.runIf(isPostgres)('says which program is missing, and not the password', async () => {
  const url = new URL(environment['DATABASE_URL'] ?? '');
  url.password = 'not-to-be-shown';
  const changed = { ...environment, DATABASE_URL: url.href, PATH: '/nowhere' };
  const run = await backup(changed, 'create', newBackup());
  expect(run.exitCode).toBe(2);
  expect(run.stderr).toContain('pg_dump cannot be started (ENOENT).');
  expect(run.stderr).not.toContain('not-to-be-shown');
});

test.runIf(!isPostgres)('does not copy a database that a server uses', () => {
  expect(refusal).toContain('is in use by process');
  expect(existsSync(refusedDirectory) || existsSync(`${refusedDirectory}.partial`)).toBe(false);
});

test.runIf(!isPostgres)('says that an engine is another one', async () => {
  const other = { ...(await newInstallation()), DATABASE_URL: 'postgres://user:secret@127.0.0.1:1/none' };
  const { stderr } = await backup(other, 'restore', directory);
  expect(stderr).toContain('The backup is one of the embedded database, and DATABASE_URL is set.');
});

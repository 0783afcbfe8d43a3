import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Database } from '@latchkey/db/engine/executor';
import { openDatabase } from '@latchkey/db/engine/open-database';
import { migrate } from '@latchkey/db/migrate/migrate';
import {
  createTestDatabase,
  type TestDatabase,
  testDatabaseOptions,
} from '@latchkey/db/testing/test-database';
import { digestRows, useDigestSettings } from '@latchkey/db/transfer/rows';
import { listReferences, listSequences, listTables } from '@latchkey/db/transfer/tables';
import { LatchkeyClient } from '@latchkey/sdk/client';
import { generateSshKeyPair } from '@latchkey/sdk/ssh-key';
import { type LatchkeyProcess, spawnLatchkey } from '@latchkey/testkit/spawn-latchkey';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { runLatchkey } from './run-latchkey.js';

/** Servers start slowly beside other suites. */
const timeoutMs = 240_000;
vi.setConfig({ testTimeout: timeoutMs, hookTimeout: timeoutMs });
const keys = generateSshKeyPair('test');
const dataDir = mkdtempSync(join(tmpdir(), 'latchkey-move-'));
const closes: (() => Promise<unknown>)[] = [];
afterAll(async () => {
  for (const close of closes.splice(0).reverse()) await close();
  rmSync(dataDir, { recursive: true });
});

const embedded: Record<string, string> = {
  LATCHKEY_PORT: '0',
  LATCHKEY_LOG_LEVEL: 'warn',
  LATCHKEY_PROBE: 'off',
  LATCHKEY_DATA_DIR: dataDir,
  LATCHKEY_ADMIN_EMAIL: 'admin@example.com',
  LATCHKEY_ADMIN_SSH_KEY: keys.publicKey,
};

async function newTarget(): Promise<TestDatabase & { readonly url: string }> {
  const database = await createTestDatabase(testDatabaseOptions(process.env));
  closes.push(() => database.drop());
  if (database.url === undefined) throw new Error('The target has to be one of PostgreSQL.');
  return { ...database, url: database.url };
}

const move = (url: string, options: { args?: string[]; signal?: AbortSignal } = {}) =>
  runLatchkey(['migrate-database', ...(options.args ?? [])], {
    environment: { ...embedded, DATABASE_URL: url },
    ...(options.signal && { signal: options.signal }),
  });

async function start(environment: Record<string, string>): Promise<LatchkeyProcess> {
  const server = await spawnLatchkey({ command: ['serve'], environment });
  closes.push(() => server.stop());
  return server;
}

const clientOf = (server: LatchkeyProcess) =>
  LatchkeyClient.createWithSshPrivateKey(keys.privateKey, { baseUrl: server.url });

const objectUrl = (number: number): string =>
  `https://data.example.com/${number}.jpg?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Signature=secret-${number}`;
/** Values that an encoding could lose: line ends, tabs, backslashes, quotes, nothing, and characters beyond the plane. */
const difficult = 'a\tb\nc\\N\\.\r"d\' \u{1f600} é';

const manifest = {
  images: Array.from({ length: 300 }, (_, number) => ({
    objectUrl: objectUrl(number),
    title: number === 0 ? 'Straße 😀 \\N.jpg' : `${number}.jpg`,
    clientMetadata: { text: difficult, number: 0.1 + 0.2, nothing: null, list: [1, '2', {}] },
    imageMetadata: { mimeType: 'image/jpeg', fileSize: 1, width: 1, height: 1 },
  })),
  // Fails: a unit error is a row as well.
  videos: [{ objectUrl: 'no url' }],
};

/** Folders, one within another, of which the upper one is the newer; a job with failures. */
async function fill(server: LatchkeyProcess): Promise<string> {
  const client = clientOf(server);
  const { integrationUuid } = await client.createCloudIntegration({
    title: 'Bucket',
    strictClientOnly: true,
  });
  const lower = await client.createStorageFolder('Lower');
  const upper = await client.createStorageFolder('Upper');
  await lower.moveToFolder(upper);
  const job = await lower.addPrivateDataToFolderStart({
    integrationId: integrationUuid,
    manifest,
    ignoreErrors: true,
  });
  const result = await lower.addPrivateDataToFolderGetResult(job, { timeoutSeconds: 60 });
  expect(result).toMatchObject({ unitsDoneCount: 300, unitsErrorCount: 1 });
  return lower.uuid;
}

/** Everything in a database but its migrations. */
async function contentOf(db: Database): Promise<Record<string, unknown>> {
  return db.transaction(async (tx) => {
    await useDigestSettings(tx);
    const content: Record<string, unknown> = {};
    for (const table of await listTables(tx)) content[table.name] = await digestRows(tx, table);
    return content;
  });
}

async function embeddedContent(): Promise<Record<string, unknown>> {
  await using db = await openDatabase({ dataDir: join(dataDir, 'database') });
  return contentOf(db);
}

const isEmpty = (content: Record<string, unknown>): boolean =>
  Object.values(content).every((table) => (table as { rows: number }).rows === 0);

let target: Awaited<ReturnType<typeof newTarget>>;
let lowerUuid: string;
let content: Record<string, unknown>;
let refusedWhileInUse: string;

beforeAll(async () => {
  const server = await start(embedded);
  lowerUuid = await fill(server);
  target = await newTarget();
  refusedWhileInUse = (await move(target.url)).stderr;
  await server.stop();
  content = await embeddedContent();
});

test('refuses a database that a server uses', () => {
  expect(refusedWhileInUse).toContain('is in use by process');
});

test('moves every row to PostgreSQL, after it was interrupted as well', async () => {
  const interrupted = await move(target.url, { signal: AbortSignal.abort() });
  expect(interrupted).toMatchObject({ exitCode: 130, stderr: 'Error: Interrupted.' });
  expect(isEmpty(await contentOf(target.db))).toBe(true);

  const moved = await move(target.url, { args: ['--json'] });
  expect(moved.stderr).toBe('');
  expect(JSON.parse(moved.stdout)).toMatchObject({
    tables: { items: 300, unit_errors: 1, folders: 2, users: 1 },
    auditLog: { isWhole: true, problem: null },
  });
  expect(await contentOf(target.db)).toEqual(content);
  expect(await embeddedContent()).toEqual(content);
});

test('puts foreign keys and triggers back', async () => {
  const fresh = await newTarget();
  await migrate(fresh.db);
  expect(await listReferences(target.db)).toEqual(await listReferences(fresh.db));
  const [disabled] = await target.db.query<{ count: number }>({
    name: 'test.disabledTriggers',
    text: `SELECT count(*) AS count FROM pg_trigger WHERE tgenabled <> 'O'`,
  });
  expect(disabled?.count).toBe(0);
  // Their state is in no row, so it would be lost.
  expect(await listSequences(target.db)).toEqual([]);
});

test('writes nothing over', async () => {
  const again = await move(target.url);
  expect(again).toMatchObject({ exitCode: 2 });
  expect(again.stderr).toMatch(/has the table \w+ already\. Nothing is written over\./);
  expect(await contentOf(target.db)).toEqual(content);

  const other = await newTarget();
  await other.db.query({ name: 'test.create', text: 'CREATE TABLE other (id int)' });
  expect((await move(other.url)).stderr).toContain(
    'The database of DATABASE_URL has the table other already.',
  );
});

test('lets the server go on where it was', async () => {
  const client = clientOf(await start({ ...embedded, DATABASE_URL: target.url }));
  const found = [];
  const folder = await client.getStorageFolder(lowerUuid);
  for await (const listed of folder.listItems({ pageSize: 1000 })) found.push(listed);
  expect(found).toHaveLength(300);
  const first = found.find(({ name }) => name === manifest.images[0]?.title);
  const item = await client.getStorageItem(first?.uuid ?? '', { signUrl: true });
  expect(item.signedUrl).toBe(objectUrl(0));
  expect(JSON.parse(String(item.clientMetadata))).toEqual(manifest.images[0]?.clientMetadata);
  expect((await client.auditLog.verify()).isWhole).toBe(true);
});

test('says what is missing, without the password', async () => {
  const none = await runLatchkey(['migrate-database'], { environment: embedded });
  expect(none.stderr).toContain('DATABASE_URL has to name the empty PostgreSQL database');
  const unreachable = await move('postgres://user:not-to-be-shown@127.0.0.1:1/none');
  expect(unreachable.exitCode).toBe(2);
  expect(unreachable.stderr).toContain('ECONNREFUSED');
  expect(unreachable.stderr).not.toContain('not-to-be-shown');
  const elsewhere = await runLatchkey(['migrate-database', '--json'], {
    environment: { LATCHKEY_DATA_DIR: join(dataDir, 'nowhere'), DATABASE_URL: 'postgres://127.0.0.1:1/none' },
  });
  expect(JSON.parse(elsewhere.stdout)).toMatchObject({ error: { code: 'source_missing' } });
});

test('keeps nothing of a copy that differs', async () => {
  const altered = await newTarget();
  await migrate(altered.db);
  // Microseconds are lost.
  const text = 'ALTER TABLE users ALTER created_at TYPE timestamptz(0)';
  await altered.db.query({ name: 'test.alter', text });
  const differing = await move(altered.url);
  expect(differing).toMatchObject({ exitCode: 2 });
  expect(differing.stderr).toContain(
    'The copy of the table users is not the same: 1 rows of 1, or other values.',
  );
  expect(isEmpty(await contentOf(altered.db))).toBe(true);
});

import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '@latchkey/db/engine/open-database';
import {
  createTestDatabase,
  type TestDatabase,
  testDatabaseOptions,
} from '@latchkey/db/testing/test-database';
import { LatchkeyClient } from '@latchkey/sdk/client';
import { generateSshKeyPair } from '@latchkey/sdk/ssh-key';
import type { StorageFolder } from '@latchkey/sdk/storage-folder';
import type { ManifestInput } from '@latchkey/sdk/upload-manifest';
import { type LatchkeyProcess, runLatchkeyCommand, spawnLatchkey } from '@latchkey/testkit/spawn-latchkey';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type OtlpReceiver, startOtlpReceiver } from '../support/otlp-receiver.js';
import { useSecretGateway } from '../support/secret-gateway.js';
import { hostileStorage, mark, plainUnits, secretUrl, secretUrls } from '../support/secret-urls.js';

const keys = generateSshKeyPair('test');
let directory: string;
let database: TestDatabase | null;
let storage: Server;
let collector: OtlpReceiver;
let server: LatchkeyProcess;
/** All that anybody was shown, by where it was shown. */
const shown = new Map<string, string>();
/** Those that the server made itself and handed out once, to whoever asked: of webhooks, for signers, for sessions. */
const handedOut = new Set<string>();

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'latchkey-secrets-'));
  const isPostgres = process.env['TEST_DATABASE'] === 'postgres';
  database = isPostgres ? await createTestDatabase(testDatabaseOptions(process.env)) : null;
  collector = await startOtlpReceiver();
  storage = createServer(hostileStorage);
  storage.listen(0, '127.0.0.1');
  await once(storage, 'listening');
});
afterAll(async () => {
  server.process.kill('SIGKILL');
  storage.closeAllConnections();
  storage.close();
  await collector.close();
  await database?.drop();
  await rm(directory, { recursive: true, force: true });
});

const environment = (): Record<string, string> => ({
  LATCHKEY_PORT: '0',
  LATCHKEY_DATA_DIR: join(directory, 'data'),
  LATCHKEY_ADMIN_EMAIL: 'admin@example.com',
  LATCHKEY_ADMIN_SSH_KEY: keys.publicKey,
  LATCHKEY_LOG_LEVEL: 'trace',
  LATCHKEY_EGRESS_ALLOW: '127.0.0.0/8',
  LATCHKEY_OTLP_ENDPOINT: collector.url,
  ...(database?.url ? { DATABASE_URL: database.url } : {}),
});
const start = (): Promise<LatchkeyProcess> =>
  spawnLatchkey({ command: ['serve'], environment: environment() });
const client = (): LatchkeyClient =>
  LatchkeyClient.createWithSshPrivateKey(keys.privateKey, { baseUrl: server.url });

async function bearer(): Promise<string> {
  const token = await client().getBearerToken();
  handedOut.add(token);
  return `Bearer ${token}`;
}

async function ask(path: string, init: RequestInit = {}): Promise<void> {
  const authorization = await bearer();
  const answer = await fetch(server.url + path, { ...init, headers: { authorization, ...init.headers } });
  const headers = JSON.stringify([...answer.headers]);
  shown.set(`${init.method ?? 'GET'} ${path}`, `${answer.status} ${headers} ${await answer.text()}`);
}

const post = (path: string, body: string): Promise<void> =>
  ask(path, { method: 'POST', body, headers: { 'content-type': 'application/json' } });

/** Asks for something that is a secret: the answer alone may hold it. */
async function askForSecret(path: string, body: object): Promise<Record<string, unknown>> {
  const answer = await fetch(`${server.url}/v2/public${path}`, {
    method: 'POST',
    headers: { authorization: await bearer(), 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  expect(answer.status).toBe(200);
  return answer.json();
}

/** A webhook whose secret is rotated while it is told of things, by a receiver that throws them back. */
async function useWebhook(storageUrl: string): Promise<void> {
  const body = { url: `${storageUrl}/forbidden`, events: ['uploadJob.finished', 'integration.changed'] };
  const made = await askForSecret('/webhooks', body);
  const path = `/v2/public/webhooks/${made['webhookUuid']}`;
  const rotated = await askForSecret(`/webhooks/${made['webhookUuid']}/rotate-secret`, {});
  for (const { secret } of [made, rotated]) handedOut.add(mustBeSecret(secret).replace(/^whsec_/, ''));
  await post(`${path}/test`, '{}');
  await ask(`${path}/deliveries`);
  await ask('/v2/public/webhooks');
}

/** Tokens for a signer, for an item and for a try; and the keys that they are verified with. */
async function useSigner(folder: StorageFolder): Promise<void> {
  const signerUrl = 'https://signer.acme.example/sign';
  const { integrationUuid } = await client().createCloudIntegration({
    title: 'Signed',
    strictClientOnly: true,
    signerUrl,
  });
  const manifest = { images: [toImage(secretUrl('signed.jpg', 3))] };
  const integrationId = integrationUuid;
  const job = await folder.addPrivateDataToFolderStart({ integrationId, manifest, ignoreErrors: true });
  await finish(folder, job);
  const found = await folder.listItems({ search: 'signed.jpg' })[Symbol.asyncIterator]().next();
  const { results } = (await askForSecret('/storage/items/signer-tokens', {
    itemUuids: [found.value?.uuid],
  })) as { results: { token: string }[] };
  const tried = await askForSecret(`/cloud-integrations/${integrationUuid}/signer-test-token`, {
    objectUrls: ['s3://acme/signed.jpg'],
  });
  for (const token of [results[0]?.token, tried['token']]) handedOut.add(mustBeSecret(token));
  await post('/v2/public/signing-keys/rotate', '{}');
  await ask('/.well-known/jwks.json');
  expect(shown.get('GET /.well-known/jwks.json')).not.toMatch(/"d"/);
}

function mustBeSecret(value: unknown): string {
  if (typeof value === 'string' && value.length > 30) return value;
  throw new Error('The server handed out no secret.');
}

async function command(...words: string[]): Promise<void> {
  const settings = { ...environment(), LATCHKEY_URL: server.url, ENCORD_SSH_KEY: keys.privateKey };
  const output = await runLatchkeyCommand(words, settings).catch((error: Error) => error.message);
  shown.set(`latchkey ${words.join(' ')}`, output);
}

async function finish(folder: StorageFolder, job: string): Promise<void> {
  const result = await folder.addPrivateDataToFolderGetResult(job, { timeoutSeconds: 60 });
  expect(result.status).not.toBe('PENDING');
}

/** Everything of the job that can be asked for, but for the failed units, which are handed back as they were given. */
async function askForJob(folderUuid: string, jobUuid: string): Promise<void> {
  const job = `/v2/public/storage/folders/${folderUuid}/data-upload-jobs/${jobUuid}`;
  for (const view of ['', '/unit-errors', '/unit-errors.csv', '/unit-errors.ndjson', '/units', '/events'])
    await ask(job + view);
}

/** Every row of every table as text: bytes are hexadecimal digits there. */
async function storedRows(): Promise<string> {
  const url = database?.url;
  const db = await openDatabase(
    url === undefined ? { dataDir: join(directory, 'data', 'database') } : { databaseUrl: url },
  );
  const tables = await db.query<{ name: string }>({
    name: 'test.tables',
    text: `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'`,
  });
  const rows: string[] = [];
  for (const { name } of tables)
    for (const { row } of await db.query<{ row: string }>({
      name: 'test.rows',
      text: `SELECT t::text AS row FROM ${name} t`,
    }))
      rows.push(`${name} ${row}`);
  await db.close();
  return rows.join('\n');
}

/** What lies in the data directory, as it is, but for the secret key. */
async function storedFiles(): Promise<string[]> {
  const entries = await readdir(join(directory, 'data'), { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && entry.name !== 'secret.key');
  const found: string[] = [];
  for (const { parentPath, name } of files) {
    const path = join(parentPath, name);
    if ((await readFile(path)).includes(mark)) found.push(path);
  }
  return found;
}

it('shows a secret of a URL to nobody who did not ask for it, and stores none', async () => {
  server = await start();
  const storageUrl = `http://127.0.0.1:${(storage.address() as AddressInfo).port}`;
  const integration = await client().createCloudIntegration({ title: 'Measured', strictClientOnly: false });
  const limited = await client().createCloudIntegration({
    title: 'Limited',
    strictClientOnly: true,
    allowedHosts: ['other.example.com'],
  });
  const folder = await client().createStorageFolder('Secrets');
  const integrationId = integration.integrationUuid;
  const manifest = { skip_duplicate_urls: true, ...plainUnits(storageUrl) };
  const path = join(directory, 'manifest.json');
  await writeFile(path, JSON.stringify(manifest));

  await useWebhook(storageUrl);
  await useSigner(folder);
  for (const [where, text] of await useSecretGateway(directory, storageUrl)) shown.set(where, text);

  const jobs: string[] = [];
  const register = async (
    units: ManifestInput,
    ignoreErrors: boolean,
    target = integrationId,
  ): Promise<void> => {
    const job = await folder.addPrivateDataToFolderStart({
      integrationId: target,
      manifest: units,
      ignoreErrors,
    });
    jobs.push(job);
    await finish(folder, job);
  };
  await register(manifest, true);
  await register(manifest, false);
  await register({ skip_duplicate_urls: true, images: secretUrls(1).map(toImage) }, true);
  await register({ skip_duplicate_urls: true, images: secretUrls(2).map(toImage) }, true);
  await register({ images: secretUrls(3).map(toImage) }, true, limited.integrationUuid);

  const crashed = await folder.addPrivateDataToFolderStart({
    integrationId,
    manifest: { images: Array.from({ length: 6000 }, (_, n) => toImage(secretUrl(`crash/${n}.jpg`, 4))) },
    ignoreErrors: true,
  });
  const exited = once(server.process, 'exit');
  server.process.kill('SIGKILL');
  await exited;
  shown.set('the log before the crash', server.output());
  server = await start();
  await finish(await client().getStorageFolder(folder.uuid), crashed);
  for (const job of [...jobs, crashed]) await askForJob(folder.uuid, job);

  const items = await (await client().getStorageFolder(folder.uuid))
    .listItems({ pageSize: 10 })
    [Symbol.asyncIterator]()
    .next();
  const itemUuid = items.value?.uuid ?? '';
  const migrate = '/v2/public/storage/items/migrate-storage';
  await post(migrate, JSON.stringify({ itemsMap: { [itemUuid]: secretUrl('moved.jpg', 5) } }));
  await post(migrate, JSON.stringify({ itemsMap: { [itemUuid]: `not a url ${mark}` } }));
  await post(migrate, JSON.stringify({ urlsMap: { [secretUrl('unknown.jpg', 6)]: null } }));
  await post(migrate, JSON.stringify({ [secretUrl('key.jpg', 7)]: 1 }));
  await post('/v2/public/storage/folders', `{"name": "${secretUrl('x', 8)}`);
  const from = `/v2/public/storage/folders/${folder.uuid}/data-upload-jobs/from-manifest?integrationHash=${integrationId}`;
  for (const text of [
    `{"images": [{"objectUrl": "${secretUrl('cut.jpg', 9)}"`,
    `{"images": "${secretUrl('type.jpg', 9)}"}`,
    `{"${secretUrl('key.jpg', 9)}": []}`,
    secretUrl('alone', 9),
  ])
    await post(from, text);
  await ask(`/v2/public/storage/folders/${folder.uuid}/items`);
  await ask(
    `/v2/public/storage/folders/${folder.uuid}/items?pageToken=${encodeURIComponent(secretUrl('t', 9))}`,
  );
  await ask(`/v2/public/nothing-here?url=${encodeURIComponent(secretUrl('q', 9))}`);
  await ask('/v2/public/notifications');
  await ask('/v2/public/cloud-integrations');
  await ask('/v2/public/webhooks');
  await ask('/v2/public/audit-log');
  await ask('/metrics');

  await command('register', path, '--folder', folder.uuid, '--integration', 'Measured', '--ignore-errors');
  await command(
    'register',
    path,
    '--folder',
    folder.uuid,
    '--integration',
    'Measured',
    '--json',
    '--verbose',
  );
  await command('check', path, '--strict');
  await command('check', path, '--json');
  await command('check', path, '--verify', '--sample', '5');
  await command('job', 'units', jobs[0] ?? '', '--folder', folder.uuid);
  await command('job', 'errors', jobs[0] ?? '', '--folder', folder.uuid);
  await command('renew', path, '--folder', folder.uuid, '--integration', 'Measured');
  await server.stop();
  shown.set('the log', server.output());
  shown.set('the database', await storedRows());
  shown.set('the collector of traces', collector.received());

  // The run is worth nothing if it did not get where secrets are.
  expect(shown.get('the database')).toContain('unit_errors');
  expect(shown.get('the log')).toContain('"level":30');
  expect(shown.get('the log of the gateway')).toMatch(/origin_refused[\s\S]*"path":"\/one\.jpg"/);
  expect(collector.spans().map(({ name }) => name)).toContain('registration.part');
  expect(collector.received()).not.toContain('admin@example.com');
  const hexadecimal = Buffer.from(mark).toString('hex');
  const leaks = [...shown].flatMap(([where, text]) => {
    const at = text.toLowerCase().search(new RegExp(`${mark}|${hexadecimal}`));
    return at < 0 ? [] : [`${where}: ...${text.slice(Math.max(0, at - 300), at + 20)}`];
  });
  expect(leaks).toEqual([]);
  expect(shown.get('the database')).toContain('webhook_deliveries');
  expect(handedOut.size).toBeGreaterThanOrEqual(5);
  const leaked = [...shown].flatMap(([where, text]) =>
    [...handedOut].flatMap((secret) =>
      spellings(secret).some((spelling) => text.includes(spelling))
        ? [`${where}: ${secret.slice(0, 4)}...`]
        : [],
    ),
  );
  expect(leaked).toEqual([]);
  expect(await storedFiles()).toEqual([]);
}, 180_000);

const toImage = (objectUrl: string) => ({
  objectUrl,
  imageMetadata: { mimeType: 'image/jpeg', fileSize: 1, width: 1, height: 1 },
});

/** As it is, and as the digits of its bytes, of which a database shows those of a column. */
const spellings = (secret: string): string[] => [
  secret,
  Buffer.from(secret).toString('hex'),
  Buffer.from(secret, 'base64').toString('hex'),
];

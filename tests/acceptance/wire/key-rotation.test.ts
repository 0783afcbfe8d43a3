import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createTestDatabase,
  type TestDatabase,
  testDatabaseOptions,
} from '@latchkey/db/testing/test-database';
import { LatchkeyClient } from '@latchkey/sdk/client';
import { generateSshKeyPair } from '@latchkey/sdk/ssh-key';
import { type LatchkeyProcess, runLatchkeyCommand, spawnLatchkey } from '@latchkey/testkit/spawn-latchkey';
import { afterAll, beforeAll, expect, it } from 'vitest';

const unitCount = 2000;
const keys = generateSshKeyPair('test');
let directory: string;
let database: TestDatabase | null;
let server: LatchkeyProcess;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'latchkey-keys-'));
  const isPostgres = process.env['TEST_DATABASE'] === 'postgres';
  database = isPostgres ? await createTestDatabase(testDatabaseOptions(process.env)) : null;
});
afterAll(async () => {
  server.process.kill('SIGKILL');
  await database?.drop();
  await rm(directory, { recursive: true, force: true });
});

const environment = (): Record<string, string> => ({
  LATCHKEY_PORT: '0',
  LATCHKEY_DATA_DIR: join(directory, 'data'),
  LATCHKEY_ADMIN_EMAIL: 'admin@example.com',
  LATCHKEY_ADMIN_SSH_KEY: keys.publicKey,
  ...(database?.url ? { DATABASE_URL: database.url } : {}),
});
const start = (): Promise<LatchkeyProcess> =>
  spawnLatchkey({ command: ['serve'], environment: environment() });
const clientOf = (server: LatchkeyProcess): LatchkeyClient =>
  LatchkeyClient.createWithSshPrivateKey(keys.privateKey, { baseUrl: server.url });
const urlOf = (unit: number): string =>
  `https://acme.s3.eu-west-2.amazonaws.com/${unit}.jpg?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIA%2F21260301%2Feu-west-2%2Fs3%2Faws4_request&X-Amz-Date=21260301T120000Z&X-Amz-Expires=604800&X-Amz-SignedHeaders=host&X-Amz-Signature=${unit.toString(16).padStart(64, '0')}`;

async function register(server: LatchkeyProcess): Promise<string> {
  const client = clientOf(server);
  const { integrationUuid } = await client.createCloudIntegration({
    title: 'Strict',
    strictClientOnly: true,
  });
  const folder = await client.createStorageFolder('Sealed');
  const imageMetadata = { mimeType: 'image/jpeg', fileSize: 1, width: 1, height: 1 };
  const images = Array.from({ length: unitCount }, (_, unit) => ({
    objectUrl: urlOf(unit),
    title: String(unit),
    imageMetadata,
  }));
  const job = await folder.addPrivateDataToFolderStart({
    integrationId: integrationUuid,
    manifest: { images },
  });
  const result = await folder.addPrivateDataToFolderGetResult(job, { timeoutSeconds: 60 });
  expect(result).toMatchObject({ status: 'DONE', unitsDoneCount: unitCount });
  return folder.uuid;
}

async function expectAllUrls(server: LatchkeyProcess, folderUuid: string): Promise<void> {
  const client = clientOf(server);
  const itemUuids: string[] = [];
  for await (const { uuid } of (await client.getStorageFolder(folderUuid)).listItems()) itemUuids.push(uuid);
  const items = await client.getStorageItems(itemUuids, { signUrl: true });
  expect(items).toHaveLength(unitCount);
  for (const { name, signedUrl } of items) expect(signedUrl).toBe(urlOf(Number(name)));
}

it('loses nothing when the server is killed while it seals again, and drops the key that is not needed', async () => {
  server = await start();
  const folderUuid = await register(server);
  await runLatchkeyCommand(['key', 'rotate'], environment());
  const resealed = async (): Promise<number> =>
    (await clientOf(server).listSecretKeys()).resealing?.resealedCount ?? 0;
  await expect.poll(resealed, { interval: 20 }).toBeGreaterThan(0);
  const exited = once(server.process, 'exit');
  server.process.kill('SIGKILL');
  await exited;

  server = await start();
  const stateOfFirst = async () => (await clientOf(server).listSecretKeys()).result[1]?.state;
  await expect.poll(stateOfFirst, { interval: 100 }).toBe('unused');
  expect(await resealed()).toBe(unitCount);
  const [, first] = (await clientOf(server).listSecretKeys()).result;
  const withServer = { ...environment(), LATCHKEY_URL: server.url, ENCORD_SSH_KEY: keys.privateKey };
  expect(await runLatchkeyCommand(['key', 'list'], withServer)).toContain(`key drop ${first?.id}`);
  await runLatchkeyCommand(['key', 'drop', first?.id ?? ''], withServer);
  expect((await readFile(join(directory, 'data', 'secret.key'), 'utf8')).trim().split('\n')).toHaveLength(1);
  await expectAllUrls(server, folderUuid);
  await server.stop();
}, 90_000);

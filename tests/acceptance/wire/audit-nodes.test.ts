import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
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
import { afterAll, beforeAll, expect, it, vi } from 'vitest';

const foldersOfEach = 30;
const keys = generateSshKeyPair('test');
let directory: string;
let database: TestDatabase;
const nodes: LatchkeyProcess[] = [];

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'latchkey-audit-'));
  database = await createTestDatabase(testDatabaseOptions(process.env));
});
afterAll(async () => {
  await Promise.all(nodes.map((node) => node.stop()));
  await database?.drop();
  await rm(directory, { recursive: true, force: true });
});

async function start(): Promise<LatchkeyProcess> {
  const node = await spawnLatchkey({
    command: ['serve'],
    environment: {
      LATCHKEY_PORT: '0',
      LATCHKEY_DATA_DIR: join(directory, 'data'),
      LATCHKEY_ADMIN_EMAIL: 'admin@example.com',
      LATCHKEY_ADMIN_SSH_KEY: keys.publicKey,
      LATCHKEY_LOG_LEVEL: 'warn',
      DATABASE_URL: database.url ?? '',
    },
  });
  nodes.push(node);
  return node;
}

const clientOf = (node: LatchkeyProcess): LatchkeyClient =>
  LatchkeyClient.createWithSshPrivateKey(keys.privateKey, { baseUrl: node.url });

async function createFolders(node: LatchkeyProcess): Promise<void> {
  const client = clientOf(node);
  await Promise.all(
    Array.from({ length: foldersOfEach }, (_, index) => client.createStorageFolder(`Folder ${index}`)),
  );
}

it('processes that write at the same time keep one chain, which goes on when one is killed', async () => {
  const [first, killed] = [await start(), await start()];
  await Promise.all([first, killed].map(createFolders));
  const made = 2 * foldersOfEach;
  const exited = once(killed.process, 'exit');
  killed.process.kill('SIGKILL');
  await exited;
  const { auditLog } = clientOf(first);
  await vi.waitFor(async () => expect((await auditLog.verify()).entriesUnsealed).toBe(0), 20_000);
  const { isWhole, entriesChecked } = await auditLog.verify();
  expect({ isWhole, entriesChecked }).toEqual({ isWhole: true, entriesChecked: made });
  const folders = new Set<string | null>();
  const positions = new Set<number | null>();
  for await (const { action, subjectUuid, position } of auditLog.list({ action: 'folder.create' })) {
    expect(action).toBe('folder.create');
    folders.add(subjectUuid);
    positions.add(position);
  }
  expect([folders.size, positions.size]).toEqual([made, made]);
});

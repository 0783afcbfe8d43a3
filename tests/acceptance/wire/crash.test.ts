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
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const unitCount = 16_000;
const keys = generateSshKeyPair('test');
let directory: string;
let database: TestDatabase | null;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'latchkey-crash-'));
  database =
    process.env['TEST_DATABASE'] === 'postgres'
      ? await createTestDatabase(testDatabaseOptions(process.env))
      : null;
});
afterEach(async () => {
  await database?.drop();
  await rm(directory, { recursive: true, force: true });
});

const start = (): Promise<LatchkeyProcess> =>
  spawnLatchkey({
    command: ['serve'],
    environment: {
      LATCHKEY_PORT: '0',
      LATCHKEY_DATA_DIR: join(directory, 'data'),
      LATCHKEY_ADMIN_EMAIL: 'admin@example.com',
      LATCHKEY_ADMIN_SSH_KEY: keys.publicKey,
      LATCHKEY_LOG_LEVEL: 'warn',
      ...(database?.url ? { DATABASE_URL: database.url } : {}),
    },
  });

const clientOf = (server: LatchkeyProcess): LatchkeyClient =>
  LatchkeyClient.createWithSshPrivateKey(keys.privateKey, { baseUrl: server.url });

/** Every tenth unit fails, so that errors are counted across the crash as well. */
const manifest = {
  images: Array.from({ length: unitCount }, (_, index) => ({
    objectUrl: `https://data.example.com/${index}.jpg`,
    title: String(index),
    ...(index % 10 === 0
      ? {}
      : { imageMetadata: { mimeType: 'image/jpeg', fileSize: 1, width: 1, height: 1 } }),
  })),
};

async function kill(server: LatchkeyProcess): Promise<void> {
  const exited = once(server.process, 'exit');
  server.process.kill('SIGKILL');
  await exited;
}

describe('a server that is killed while it registers', () => {
  it.each([true, false])(
    'goes on after each restart and ends as if nothing had happened (ignoring errors: %s)',
    async (ignoreErrors) => {
      let server = await start();
      const integration = await clientOf(server).createCloudIntegration({
        title: 'Strict',
        strictClientOnly: true,
      });
      const folderUuid = (await clientOf(server).createStorageFolder('Crash')).uuid;
      const folderOf = () => clientOf(server).getStorageFolder(folderUuid);
      const units = ignoreErrors
        ? manifest
        : { images: manifest.images.filter((unit) => 'imageMetadata' in unit) };
      const job = await (await folderOf()).addPrivateDataToFolderStart({
        integrationId: integration.integrationUuid,
        manifest: units,
        ignoreErrors,
      });
      const seen: number[] = [];
      for (let crash = 0; crash < 3; crash += 1) {
        const before = seen.at(-1) ?? 0;
        // Killed once it got further than at the last crash, or has ended.
        await expect
          .poll(
            async () => {
              const state = await (await folderOf()).addPrivateDataToFolderGetResult(job, {
                timeoutSeconds: 0,
              });
              const done = state.unitsDoneCount + state.unitsErrorCount;
              if (done > before || !ignoreErrors || state.status !== 'PENDING') seen.push(done);
              return seen.length;
            },
            { timeout: 60_000, interval: 20 },
          )
          .toBeGreaterThan(crash);
        await kill(server);
        server = await start();
      }
      const result = await (await folderOf()).addPrivateDataToFolderGetResult(job, { timeoutSeconds: 120 });
      const good = unitCount * 0.9;
      expect(result).toMatchObject({
        status: 'DONE',
        unitsDoneCount: good,
        unitsErrorCount: ignoreErrors ? unitCount - good : 0,
        unitsCancelledCount: 0,
        unitsPendingCount: 0,
      });
      const names = new Set<string>();
      let items = 0;
      for await (const item of (await folderOf()).listItems({ pageSize: 1000 })) {
        items += 1;
        names.add(item.name);
      }
      expect({ items, names: names.size }).toEqual({ items: good, names: good });
      expect(await (await folderOf()).getSummary()).toMatchObject({ images: good, totalSize: good });
      expect(await server.stop()).toBe(0);
    },
    240_000,
  );
});

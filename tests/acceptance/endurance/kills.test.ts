import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import {
  createTestDatabase,
  type TestDatabase,
  testDatabaseOptions,
} from '@latchkey/db/testing/test-database';
import { LatchkeyClient } from '@latchkey/sdk/client';
import { generateSshKeyPair } from '@latchkey/sdk/ssh-key';
import { type LatchkeyProcess, spawnLatchkey } from '@latchkey/testkit/spawn-latchkey';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { kill, manifestOf, newFolder, randomOf, traceOf } from '../support/killed-job.js';

const keys = generateSshKeyPair('test');
let directory: string;
let database: TestDatabase | null;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'latchkey-kills-'));
  const isPostgres = process.env['TEST_DATABASE'] === 'postgres';
  database = isPostgres ? await createTestDatabase(testDatabaseOptions(process.env)) : null;
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
const clientOf = ({ url }: LatchkeyProcess): LatchkeyClient =>
  LatchkeyClient.createWithSshPrivateKey(keys.privateKey, { baseUrl: url });

it.each([
  { ignoreErrors: true, kills: 50, unitCount: 300_000, longest: 1000 },
  { ignoreErrors: false, kills: 12, unitCount: 60_000, longest: 4000 },
])(
  'a job whose server is killed $kills times at random moments ends like one that was left alone (ignoring errors: $ignoreErrors)',
  async ({ ignoreErrors, kills, unitCount, longest }) => {
    const seed = Date.now() % 1_000_000;
    const random = randomOf(seed);
    let server = await start();
    const { integrationUuid } = await clientOf(server).createCloudIntegration({
      title: 'Strict',
      strictClientOnly: true,
    });
    const manifest = manifestOf(unitCount, ignoreErrors);
    const begin = async (name: string): Promise<[string, string]> => {
      const folder = await clientOf(server).getStorageFolder(await newFolder(clientOf(server), name));
      const options = { integrationId: integrationUuid, manifest, ignoreErrors };
      return [folder.uuid, await folder.addPrivateDataToFolderStart(options)];
    };
    const folderOf = (uuid: string) => clientOf(server).getStorageFolder(uuid);
    const [killedFolder, killedJob] = await begin('Killed');
    let whileRunning = 0;
    for (let number = 0; number < kills; number++) {
      // Ever later, so that an engine of any speed is killed in the middle.
      await delay((random() * longest * (number + 1)) / kills);
      const folder = await folderOf(killedFolder);
      const job = await folder.addPrivateDataToFolderGetResult(killedJob, { timeoutSeconds: 0 });
      if (job.status === 'PENDING') whileRunning += 1;
      await kill(server);
      server = await start();
    }
    expect(whileRunning, `kills in the middle of the job; seed ${seed}`).toBeGreaterThanOrEqual(
      ignoreErrors ? kills : 1,
    );
    await (await folderOf(killedFolder)).addPrivateDataToFolderGetResult(killedJob, { timeoutSeconds: 300 });
    const [calmFolder, calmJob] = await begin('Left alone');
    await (await folderOf(calmFolder)).addPrivateDataToFolderGetResult(calmJob, { timeoutSeconds: 300 });
    const calm = await traceOf(await folderOf(calmFolder), calmJob);
    expect(calm).toMatchObject({ rest: ['DONE', 0, 0] });
    expect(await traceOf(await folderOf(killedFolder), killedJob), `seed ${seed}`).toEqual(calm);
    expect(await server.stop()).toBe(0);
  },
  900_000,
);

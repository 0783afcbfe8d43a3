import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { LatchkeyClient } from '@latchkey/sdk/client';
import { generateSshKeyPair } from '@latchkey/sdk/ssh-key';
import { type LatchkeyProcess, spawnLatchkey } from '@latchkey/testkit/spawn-latchkey';
import { startTemporaryPostgres, type TemporaryPostgres } from '@latchkey/testkit/temporary-postgres';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { kill, manifestOf, newFolder, randomOf, traceOf } from '../support/killed-job.js';

const keys = generateSshKeyPair('test');
const secretKey = Buffer.alloc(32, 7).toString('base64');
let directory: string;
let postgres: TemporaryPostgres;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'latchkey-workers-'));
  const started = await startTemporaryPostgres();
  if (!started) throw new Error('PostgreSQL is missing: apt-get install postgresql.');
  postgres = started;
});
afterEach(async () => {
  await postgres.stop();
  await rm(directory, { recursive: true, force: true });
});

/** Every process has a data directory of its own, as on a machine of its own; the spool is shared. */
async function start(role: 'api' | 'worker', name: string, given = secretKey): Promise<LatchkeyProcess> {
  const dataDirectory = join(directory, name);
  await mkdir(dataDirectory, { recursive: true });
  return spawnLatchkey({
    command: ['serve'],
    environment: {
      LATCHKEY_PORT: '0',
      LATCHKEY_ROLE: role,
      LATCHKEY_DATA_DIR: dataDirectory,
      LATCHKEY_SECRET_KEY: given,
      LATCHKEY_SPOOL_URL: `file://${join(directory, 'spool')}`,
      LATCHKEY_ADMIN_EMAIL: 'admin@example.com',
      LATCHKEY_ADMIN_SSH_KEY: keys.publicKey,
      LATCHKEY_LOG_LEVEL: 'error',
      DATABASE_URL: postgres.url,
    },
  });
}

it('three workers that are killed over a database that is restarted, once after a minute, register what one left alone would', async () => {
  const seed = Date.now() % 1_000_000;
  const random = randomOf(seed);
  const api = await start('api', 'api');
  const client = LatchkeyClient.createWithSshPrivateKey(keys.privateKey, { baseUrl: api.url });
  const { integrationUuid } = await client.createCloudIntegration({
    title: 'Strict',
    strictClientOnly: true,
  });
  const begin = async (name: string, ignoreErrors = true): Promise<[string, string]> => {
    const folder = await client.getStorageFolder(await newFolder(client, name));
    const options = { integrationId: integrationUuid, manifest: manifestOf(200_000, true), ignoreErrors };
    return [folder.uuid, await folder.addPrivateDataToFolderStart(options)];
  };
  const waitFor = async ([folder, job]: [string, string]) =>
    (await client.getStorageFolder(folder)).addPrivateDataToFolderGetResult(job, { timeoutSeconds: 300 });
  const disturbed = await begin('Disturbed');
  const workers = await Promise.all(['one', 'two', 'three'].map((name) => start('worker', name)));
  for (let round = 0; round < 6; round++) {
    await delay(random() * 1500);
    const index = Math.floor(random() * workers.length);
    const worker = workers[index];
    if (worker) await kill(worker);
    if (round === 2 || round === 4) {
      await postgres.crash();
      await delay(round === 4 ? 60_000 : random() * 1000);
      const answer = await fetch(`${api.url}/health/ready`);
      expect({ status: answer.status, body: await answer.json() }).toEqual({
        status: 503,
        body: { status: 'database unavailable' },
      });
      await postgres.start();
    }
    workers[index] = await start('worker', `again-${round}`);
  }
  await waitFor(disturbed);
  const calm = await begin('Left alone');
  await waitFor(calm);
  const trace = async ([folder, job]: [string, string]) =>
    traceOf(await client.getStorageFolder(folder), job);
  const expected = await trace(calm);
  expect(expected).toMatchObject({ rest: ['DONE', 0, 0] });
  expect(await trace(disturbed), `seed ${seed}`).toEqual(expected);
  for (const process of [...workers, api]) expect(await process.stop()).toBe(0);
}, 600_000);

it('a worker with another key or another spool is refused, and says which setting', async () => {
  const api = await start('api', 'api');
  await expect(start('worker', 'key', Buffer.alloc(32, 8).toString('base64'))).rejects.toThrow(
    /LATCHKEY_SECRET_KEY is not the key that this database was set up with/,
  );
  const elsewhere = spawnLatchkey({
    command: ['serve'],
    environment: {
      LATCHKEY_ROLE: 'worker',
      LATCHKEY_DATA_DIR: join(directory, 'other'),
      LATCHKEY_SECRET_KEY: secretKey,
      DATABASE_URL: postgres.url,
    },
  });
  await expect(elsewhere).rejects.toThrow(/LATCHKEY_SPOOL_URL is not the spool of the other processes/);
  expect(await api.stop()).toBe(0);
}, 120_000);

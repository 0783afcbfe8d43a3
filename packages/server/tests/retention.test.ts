import { mkdir, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { listUploadJobs } from '@latchkey/contract/routes/upload-jobs';
import { cleanUp } from '@latchkey/server/registration/maintenance';
import { startTestSystem, type TestSystem } from '@latchkey/testkit/start-system';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  imageMetadata,
  images,
  newFolder,
  newIntegration,
  signedUrl,
  spoolDirectory,
  spooled,
} from './fixtures.js';
import { countRows, run, sql } from './registration-fixtures.js';

let system: TestSystem;
let integration: string;
let folder: string;
beforeAll(async () => {
  system = await startTestSystem({
    environment: { LATCHKEY_JOB_RETENTION_DAYS: '2', LATCHKEY_MANIFEST_RETENTION_HOURS: '5' },
  });
  integration = await newIntegration(system, { strictClientOnly: true });
});
beforeEach(async () => {
  folder = await newFolder(system);
});
afterAll(() => system.close());

const good = { images: images(2) };
const faulty = { images: [...images(2), { objectUrl: signedUrl('bad') }] };

const finish = async (manifest: object, ignoreErrors = true): Promise<string> =>
  (await run(system, folder, integration, manifest, ignoreErrors)).uploadJobUuid;

const age = (jobUuid: string, interval: string) =>
  sql(system, 'UPDATE upload_jobs SET finished_at = now() - $2::interval WHERE id = $1', [jobUuid, interval]);

const isKept = async (jobUuid: string): Promise<boolean> =>
  (await spooled(system)).includes(`${jobUuid}.manifest`);

async function stateOf(jobUuid: string): Promise<string> {
  const rows = await sql<{ spool_key: string | null }>(
    system,
    'SELECT spool_key FROM upload_jobs WHERE id = $1',
    [jobUuid],
  );
  if (!rows[0]) return 'no job';
  return rows[0].spool_key === null ? 'without manifest' : 'with manifest';
}

describe('cleaning up', () => {
  it('removes the manifest of a job that registered every unit at once, by itself', async () => {
    const jobUuid = await finish(good);
    await expect.poll(() => isKept(jobUuid), { timeout: 10_000 }).toBe(false);
    await expect.poll(() => stateOf(jobUuid)).toBe('without manifest');
    expect(await countRows(system, 'spooled_manifests', `spool_key = '${jobUuid}.manifest'`)).toBe(0);
  });

  it('keeps a manifest with failed or cancelled units for as long as is set', async () => {
    const jobs = [await finish(faulty), await finish(faulty, false)];
    for (const jobUuid of jobs) {
      await age(jobUuid, '4 hours 59 minutes');
      await cleanUp(system.context);
      expect([await isKept(jobUuid), await stateOf(jobUuid)]).toEqual([true, 'with manifest']);
      await age(jobUuid, '5 hours 1 minute');
      await cleanUp(system.context);
      expect([await isKept(jobUuid), await stateOf(jobUuid)]).toEqual([false, 'without manifest']);
    }
  });

  it('deletes old jobs with their results and leaves their items', async () => {
    const [old, recent] = [await finish(faulty), await finish(faulty)];
    await age(old, '2 days 1 minute');
    await age(recent, '1 day 23 hours');
    await cleanUp(system.context);
    expect([await stateOf(old), await stateOf(recent)]).toEqual(['no job', 'without manifest']);
    for (const [table, column] of [
      ['upload_job_parts', 'job_id'],
      ['unit_errors', 'job_id'],
      ['notifications', 'upload_job_id'],
    ] as const) {
      expect(await countRows(system, table, `${column} = '${old}'`)).toBe(0);
      expect(await countRows(system, table, `${column} = '${recent}'`)).toBe(1);
    }
    expect(await isKept(old)).toBe(false);
    expect(await countRows(system, 'items', `folder_id = '${folder}'`)).toBe(4);
    const { body } = await system.call(listUploadJobs, { params: { folderUuid: folder } });
    expect(body.results.map(({ uploadJobUuid }: { uploadJobUuid: string }) => uploadJobUuid)).toEqual([
      recent,
    ]);
  });

  it('removes more than one batch at once', async () => {
    const text = `INSERT INTO spooled_manifests (spool_key, created_at) SELECT gen_random_uuid() || '.manifest', now() - interval '25 hours' FROM generate_series(1, 250)`;
    await sql(system, text);
    await cleanUp(system.context);
    expect(await countRows(system, 'spooled_manifests', `created_at < now() - interval '24 hours'`)).toBe(0);
  });

  it('lets one manifest that cannot be removed hold up no other', async () => {
    const [stuck, next] = ['00000000-0000-4000-8000-000000000000.manifest', `${uuidv7()}.manifest`];
    await mkdir(join(spoolDirectory(system), stuck));
    const text = `INSERT INTO spooled_manifests (spool_key, created_at) VALUES ($1, now() - interval '25 hours'), ($2, now() - interval '25 hours')`;
    await sql(system, text, [stuck, next]);
    await cleanUp(system.context);
    const old = `SELECT spool_key FROM spooled_manifests WHERE created_at < now() - interval '24 hours'`;
    expect(await sql(system, old)).toEqual([{ spool_key: stuck }]);
    await rmdir(join(spoolDirectory(system), stuck));
    await cleanUp(system.context);
    expect(await sql(system, old)).toEqual([]);
  });

  it('leaves running jobs alone, however old they are', async () => {
    await using waiting = await startTestSystem({ worker: false });
    const folderUuid = await newFolder(waiting);
    const { body } = await waiting.register(folderUuid, await newIntegration(waiting), {
      images: [{ objectUrl: signedUrl('a'), imageMetadata }],
    });
    await sql(waiting, `UPDATE upload_jobs SET created_at = now() - interval '1 year'`);
    await sql(waiting, `UPDATE spooled_manifests SET created_at = now() - interval '1 year'`);
    await cleanUp(waiting.context);
    expect(await spooled(waiting)).toEqual([`${body}.manifest`]);
    waiting.startWorker();
    await waiting.drain();
    expect(await sql(waiting, 'SELECT status FROM upload_jobs')).toEqual([{ status: 'DONE' }]);
  });

  it('removes what an upload left that broke off with its process, a day later', async () => {
    const [key, underWay] = [`${uuidv7()}.manifest`, `${uuidv7()}.manifest`];
    async function* bytes() {
      yield Buffer.from('{"images": [');
    }
    for (const spoolKey of [key, underWay]) {
      await sql(system, 'INSERT INTO spooled_manifests (spool_key) VALUES ($1)', [spoolKey]);
      await system.context.spool.write(spoolKey, bytes());
    }
    await sql(
      system,
      `UPDATE spooled_manifests SET created_at = now() - interval '25 hours' WHERE spool_key = $1`,
      [key],
    );
    await cleanUp(system.context);
    const left = await spooled(system);
    expect([left.includes(key), left.includes(underWay)]).toEqual([false, true]);
  });
});

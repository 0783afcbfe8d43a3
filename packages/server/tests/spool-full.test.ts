import { mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Bucket, startBucket } from '@latchkey/bucket/start-bucket';
import { startTestSystem, type TestSystem } from '@latchkey/testkit/start-system';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { images, jobResult, newFolder, newIntegration, spoolDirectory } from './fixtures.js';
import { countRows, jobNow, post, sql } from './registration-fixtures.js';

describe('a spool in a bucket that is full', () => {
  const maxBytes = 3_000_000;
  let directory: string;
  let bucket: Bucket;
  let system: TestSystem;
  let folder: string;
  let integration: string;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'latchkey-bucket-'));
    bucket = await startBucket({
      directory,
      maxBytes,
      writable: true,
      bucket: 'manifests',
      allowedOrigins: [],
      accessKeyId: 'AKIDSPOOL',
      secretAccessKey: 'secret',
    });
    system = await startTestSystem({
      environment: {
        LATCHKEY_SPOOL_URL: `s3://AKIDSPOOL:secret@127.0.0.1:${bucket.port}/manifests/spool?tls=false`,
      },
    });
    folder = await newFolder(system);
    integration = await newIntegration(system);
  });
  afterAll(async () => {
    await system.close();
    await bucket.close();
    await rm(directory, { recursive: true });
  });

  const manifest = (count: number): string => JSON.stringify({ images: images(count) });

  it('refuses the manifest, says what to do, and keeps nothing of it', async () => {
    const text = manifest(20_000);
    expect(text.length).toBeGreaterThan(maxBytes);
    const answer = await post(system, folder, integration, text);
    expect(answer).toMatchObject({
      status: 507,
      body: {
        code: 'spool_full',
        message: expect.stringContaining('no room left'),
        hint: expect.stringMatching(
          /LATCHKEY_SPOOL_URL.*send the manifest again; nothing of it was registered/,
        ),
      },
    });
    expect(JSON.stringify(answer.body)).not.toContain('secret');
    expect(await countRows(system, 'upload_jobs')).toBe(0);
    expect(await countRows(system, 'spooled_manifests')).toBe(0);
    expect(await readdir(directory)).toEqual([]);
  });

  it('takes and registers a manifest that has room, and has its room again', async () => {
    for (let turn = 0; turn < 3; turn++) {
      const { status, body } = await post(system, folder, integration, manifest(6000));
      expect(status).toBe(200);
      expect(await jobResult(system, folder, body)).toMatchObject({ status: 'DONE', unitsDoneCount: 6000 });
      await expect.poll(() => readdir(directory), { timeout: 10_000 }).toEqual([]);
    }
  });
});

describe('a spool that cannot be reached', () => {
  it('refuses manifests until it is back', async () => {
    await using system = await startTestSystem({ worker: false });
    const folder = await newFolder(system);
    const integration = await newIntegration(system);
    const directory = spoolDirectory(system);
    await rm(directory, { recursive: true });
    await writeFile(directory, '');
    expect(await system.register(folder, integration, { images: images(1) })).toMatchObject({
      status: 503,
      body: { code: 'spool_unavailable', hint: expect.stringContaining('in a moment') },
    });
    expect(await countRows(system, 'upload_jobs')).toBe(0);
  });

  it('lets running jobs wait, however often their parts are tried, and fails no unit', async () => {
    await using system = await startTestSystem({ worker: false });
    const folder = await newFolder(system);
    const integration = await newIntegration(system);
    const manifest = { images: images(3000) };
    const { body: jobUuid } = await system.register(folder, integration, manifest);
    const directory = spoolDirectory(system);
    await rename(directory, `${directory}-away`);
    await writeFile(directory, '');
    system.startWorker();
    let tries = 0;
    const tryAgain = async (): Promise<number> => {
      // A part that was given back is not held against it: no attempt is counted.
      const text = `UPDATE upload_job_parts SET lease_until = NULL WHERE lease_until > now() AND attempts = 0 RETURNING part`;
      tries += (await sql(system, text)).length;
      system.context.jobEvents.workAvailable();
      return tries;
    };
    await expect.poll(tryAgain, { timeout: 20_000 }).toBeGreaterThan(8);
    expect(await jobNow(system, folder, jobUuid)).toMatchObject({ status: 'PENDING', unitsErrorCount: 0 });
    await rm(directory);
    await rename(`${directory}-away`, directory);
    expect(await jobResult(system, folder, jobUuid)).toMatchObject({ status: 'DONE', unitsDoneCount: 3000 });
  });
});

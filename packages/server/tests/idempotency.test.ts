import { gzipSync } from 'node:zlib';
import { limits } from '@latchkey/contract/limits';
import { startUploadJob } from '@latchkey/contract/routes/upload-jobs';
import { requestPath } from '@latchkey/sdk/request-url';
import { startTestSystem, type TestSystem, type TestUser } from '@latchkey/testkit/start-system';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { images, newFolder, newIntegration, spooled } from './fixtures.js';
import { countRows, jobNow, type Posted, type PostOptions, post } from './registration-fixtures.js';
import { share } from './storage-fixtures.js';

let system: TestSystem;
let folder: string;
let integration: string;
beforeAll(async () => {
  system = await startTestSystem({ worker: false });
  integration = await newIntegration(system);
});
beforeEach(async () => {
  folder = await newFolder(system);
});
afterAll(() => system.close());

const manifest = JSON.stringify({ images: images(3) });
let number = 0;
const newKey = (): string => `retry ${++number}`;

const start = (key: string, body: string | Uint8Array<ArrayBuffer> = manifest, options: PostOptions = {}) =>
  post(system, folder, integration, body, {
    ...options,
    headers: { ...options.headers, 'idempotency-key': key },
  });

/** Jobs of the folder, and manifests in the spool and in its list. */
async function counts(): Promise<unknown> {
  return {
    jobs: await countRows(system, 'upload_jobs', `folder_id = '${folder}'`),
    spooled: (await spooled(system)).length,
    noted: await countRows(system, 'spooled_manifests'),
  };
}

async function added(work: () => Promise<void>): Promise<unknown> {
  const [jobs, files, noted] = Object.values((await counts()) as Record<string, number>);
  await work();
  const after = Object.values((await counts()) as Record<string, number>);
  return [jobs, files, noted].map((before, index) => (after[index] ?? 0) - (before ?? 0));
}

const reused = { status: 409, body: { code: 'idempotency_key_reused' } };

describe('a job start with an idempotency key', () => {
  it('answers the first job when it is repeated, and keeps nothing of the repetition', async () => {
    const key = newKey();
    const first = await start(key);
    expect(first.status).toBe(200);
    const answers: Posted[] = [];
    expect(
      await added(async () => {
        for (let turn = 0; turn < 3; turn++) answers.push(await start(key));
      }),
    ).toEqual([0, 0, 0]);
    for (const { status, body } of answers) expect([status, body]).toEqual([200, first.body]);
    expect(await jobNow(system, folder, first.body)).toMatchObject({ unitsTotalCount: 3 });
  });

  it('makes one job of many requests at the same moment', async () => {
    const key = newKey();
    const answers: Posted[] = [];
    expect(
      await added(async () => {
        answers.push(...(await Promise.all(Array.from({ length: 8 }, () => start(key)))));
      }),
    ).toEqual([1, 1, 1]);
    expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(200));
    expect(new Set(answers.map(({ body }) => body)).size).toBe(1);
  });

  it('is refused with another body, folder, integration or option', async () => {
    const key = newKey();
    expect((await start(key)).status).toBe(200);
    const other = await newFolder(system);
    expect(
      await added(async () => {
        expect(await start(key, JSON.stringify({ images: images(4) }))).toMatchObject(reused);
        expect(await start(key, manifest, { query: { ignoreErrors: false } })).toMatchObject(reused);
        expect(
          await start(key, manifest, { query: { integrationHash: await newIntegration(system) } }),
        ).toMatchObject(reused);
        expect(
          await post(system, other, integration, manifest, { headers: { 'idempotency-key': key } }),
        ).toMatchObject(reused);
      }),
    ).toEqual([0, 0, 0]);
  });

  it('goes by the bytes that are sent', async () => {
    const key = newKey();
    const packed = Uint8Array.from(gzipSync(manifest));
    const gzip = { headers: { 'content-encoding': 'gzip' } };
    const first = await start(key, packed, gzip);
    expect(await start(key, packed, gzip)).toMatchObject({ status: 200, body: first.body });
    expect(await start(key)).toMatchObject(reused);
  });

  it('is of the user who sends it', async () => {
    const member: TestUser = await system.createUser();
    await share(system, folder, member, 'editor');
    await system.context.db.query({
      name: 'test.member',
      text: `INSERT INTO integration_members (integration_id, user_id, role) VALUES ($1, $2, 'user')`,
      values: [integration, member.uuid],
    });
    const key = newKey();
    const [mine, theirs] = [await start(key), await start(key, manifest, { as: member })];
    expect([mine.status, theirs.status]).toEqual([200, 200]);
    expect(theirs.body).not.toBe(mine.body);
  });

  it('holds for the envelope of the official client too', async () => {
    const send = async (): Promise<unknown> => {
      const response = await fetch(
        system.baseUrl + requestPath(startUploadJob.path, { folderUuid: folder }),
        {
          method: 'POST',
          body: JSON.stringify({ externalFiles: { images: images(1) }, integrationHash: integration }),
          headers: {
            authorization: `Bearer ${system.admin.token}`,
            'content-type': 'application/json',
            'idempotency-key': 'envelope',
          },
        },
      );
      return response.json();
    };
    expect(await send()).toBe(await send());
    expect(await counts()).toMatchObject({ jobs: 1 });
  });

  it('can be used again when the first request was refused', async () => {
    const key = newKey();
    expect(await start(key, '{"images": [')).toMatchObject({ status: 400, body: { code: 'malformed_json' } });
    expect(await start(key)).toMatchObject({ status: 200 });
  });

  it.each([
    ['empty', ''],
    ['longer than allowed', 'k'.repeat(limits.idempotencyKeyLength + 1)],
  ])('is refused when the key is %s', async (_case, key) => {
    expect(
      await added(async () => {
        expect(await start(key)).toMatchObject({
          status: 400,
          body: { code: 'invalid_request', message: expect.stringContaining('idempotency-key') },
        });
      }),
    ).toEqual([0, 0, 0]);
  });

  it('takes a key of the length allowed', async () => {
    expect(await start('k'.repeat(limits.idempotencyKeyLength))).toMatchObject({ status: 200 });
  });
});

it('job starts without a key are jobs of their own', async () => {
  const answers = await Promise.all([1, 2].map(() => post(system, folder, integration, manifest)));
  expect(new Set(answers.map(({ body }) => body)).size).toBe(2);
});

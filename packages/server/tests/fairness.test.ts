import { cancelUploadJob, getUploadJob } from '@latchkey/contract/routes/upload-jobs';
import { startTestSystem } from '@latchkey/testkit/start-system';
import { expect, it } from 'vitest';
import { images, newFolder, newIntegration } from './fixtures.js';
import { jobNow, sql } from './registration-fixtures.js';

it.each([
  ['of its own folder', true, true],
  ['of another folder', false, true],
  ['that is checked as a whole first', false, false],
])(
  'a small job finishes while a huge one %s, started before, is under way',
  async (_case, sameFolder, ignoreErrors) => {
    await using system = await startTestSystem();
    const integration = await newIntegration(system);
    const hugeFolder = await newFolder(system);
    const folderUuid = sameFolder ? hugeFolder : await newFolder(system);
    const manifest = { images: images(60_000), skip_duplicate_urls: true };
    const huge = await system.register(hugeFolder, integration, manifest, { ignoreErrors });
    await expect
      .poll(async () => (await jobNow(system, hugeFolder, huge.body)).startedAt, { timeout: 20_000 })
      .not.toBeNull();
    const small = await system.register(folderUuid, integration, { images: images(10, 100_000) });
    const params = { folderUuid, jobUuid: small.body };
    expect((await system.call(getUploadJob, { params })).body).toMatchObject({
      status: 'DONE',
      unitsDoneCount: 10,
    });
    expect(await jobNow(system, hugeFolder, huge.body)).toMatchObject({ status: 'PENDING' });
    const cancelHuge = { params: { folderUuid: hugeFolder, jobUuid: huge.body } };
    expect(await system.call(cancelUploadJob, cancelHuge)).toMatchObject({ status: 200 });
    const order = await sql<{ id: string }>(system, 'SELECT id FROM upload_jobs ORDER BY finished_at');
    expect(order.map(({ id }) => id)).toEqual([small.body, huge.body]);
  },
);

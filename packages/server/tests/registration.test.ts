import { readdirSync, readFileSync } from 'node:fs';
import { getItem, listItems } from '@latchkey/contract/routes/items';
import { cancelUploadJob, getUploadJob } from '@latchkey/contract/routes/upload-jobs';
import { startTestSystem, type TestJson, type TestSystem } from '@latchkey/testkit/start-system';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  imageMetadata,
  images,
  jobResult,
  newFolder,
  newIntegration,
  signedUrl,
  unitErrors,
} from './fixtures.js';
import { reconciles, run as register } from './registration-fixtures.js';

let system: TestSystem;
beforeAll(async () => {
  system = await startTestSystem();
});
afterAll(() => system.close());

async function itemsOf(folderUuid: string): Promise<TestJson[]> {
  return (await system.call(listItems, { params: { folderUuid }, query: { pageSize: 1000 } })).body.results;
}

const run = (folder: string, integration: string, manifest: object | string, ignoreErrors = true) =>
  register(system, folder, integration, manifest, ignoreErrors);

/** JSON text of the value, whatever its spacing. */
const jsonText = (value: unknown): unknown =>
  expect.toSatisfy((text: string) => JSON.stringify(JSON.parse(text)) === JSON.stringify(value));

describe('the examples of the Direct Access document', () => {
  const directory = new URL('../../manifest/fixtures/', import.meta.url);
  const examples = readdirSync(directory).filter((name) => name.endsWith('.json'));

  it('are six', () => {
    expect(examples).toHaveLength(6);
  });

  it.each(examples)(
    'registers %s as printed under strict client-only access, warning of the trailing commas',
    async (name) => {
      const folder = await newFolder(system, name);
      const job = await run(
        folder,
        await newIntegration(system, { strictClientOnly: true }),
        readFileSync(new URL(name, directory), 'utf8'),
      );
      expect(job).toMatchObject({
        status: 'DONE',
        unitsErrorCount: 0,
        unitsPendingCount: 0,
        skipDuplicateUrls: true,
      });
      expect(job.unitsDoneCount).toBe(job.unitsTotalCount);
      expect(job.warnings.length).toBeGreaterThan(0);
      for (const warning of job.warnings)
        expect(warning).toMatchObject({ place: { line: expect.any(Number), column: expect.any(Number) } });
      expect(job.itemsWithNames).toHaveLength(job.unitsDoneCount);
    },
  );
});

describe('registration', () => {
  it('keeps the object URL byte for byte and hands it out only when asked', async () => {
    const folder = await newFolder(system);
    const objectUrl = `${signedUrl('a%20b/%C3%BC+x/../y.JPG')}&x=%zz#frag`;
    const job = await run(folder, await newIntegration(system), { images: [{ objectUrl, imageMetadata }] });
    const itemUuid = job.itemsWithNames[0].itemUuid;
    const plain = await system.call(getItem, { params: { itemUuid } });
    expect(plain.body.signedUrl).toBeNull();
    expect(JSON.stringify(plain.body)).not.toContain('X-Amz-Signature');
    const signed = await system.call(getItem, { params: { itemUuid }, query: { signUrl: true } });
    expect(signed.body.signedUrl).toBe(objectUrl);
    const audit = await system.context.db.query({
      name: 'test.audit',
      text: `SELECT action FROM audit_log WHERE subject_id = $1`,
      values: [itemUuid],
    });
    expect(audit).toHaveLength(1);
  });

  it('stores no signature in the clear', async () => {
    const folder = await newFolder(system);
    await run(folder, await newIntegration(system), {
      images: [{ objectUrl: signedUrl('secret.jpg', 'feedfacecafe'), imageMetadata }],
      videos: [{ objectUrl: signedUrl('bad.mp4', 'feedfacecafe'), videoMetadata: {} }],
    });
    const rows = await system.context.db.query<{ row: string }>({
      name: 'test.dump',
      text: `SELECT row_to_json(i)::text AS row FROM items i UNION ALL SELECT row_to_json(e)::text FROM unit_errors e UNION ALL SELECT row_to_json(a)::text FROM audit_log a UNION ALL SELECT row_to_json(j)::text FROM upload_jobs j`,
    });
    expect(rows.length).toBeGreaterThan(2);
    for (const { row } of rows) expect(row).not.toContain('feedfacecafe');
  });

  it('registers each kind with its type, metadata and default title', async () => {
    const folder = await newFolder(system);
    await run(folder, await newIntegration(system, { strictClientOnly: true }), {
      videos: [
        {
          objectUrl: 'https://data.example.com/v/1.bin',
          videoMetadata: {
            fps: 25,
            duration: 2,
            width: 640,
            height: 360,
            file_size: 9,
            mime_type: 'video/mp4',
          },
        },
      ],
      images: [
        {
          objectUrl: 'https://data.example.com/i/1',
          imageMetadata: { mime_type: 'image/png', fileSize: 3, width: 1, height: 2 },
        },
      ],
      audio: [
        {
          objectUrl: 'https://data.example.com/a',
          audio_metadata: {
            duration: 1.5,
            file_size: 4,
            mime_type: 'audio/mp3',
            sample_rate: 44_100,
            bit_depth: 24,
            codec: 'mp3',
            num_channels: 2,
          },
        },
      ],
      text: [
        {
          objectURL: 'https://data.example.com/t.txt',
          textMetadata: { fileSize: 5, mime_type: 'text/plain' },
          clientMetadata: { a: { b: [1, null] } },
        },
      ],
      pdfs: [
        { objectUrl: 'https://data.example.com/doc-files/p.pdf', pdfMetadata: { fileSize: 6, numPages: 7 } },
      ],
    });
    const items = await itemsOf(folder);
    expect(Object.fromEntries(items.map((item) => [item.name, item]))).toMatchObject({
      'v/1.bin': {
        itemType: 'video',
        fps: 25,
        duration: 2,
        width: 640,
        height: 360,
        fileSize: 9,
        mimeType: 'video/mp4',
        frameCount: 50,
      },
      'i/1': { itemType: 'image', width: 1, height: 2, mimeType: 'image/png' },
      a: {
        itemType: 'audio',
        audioSampleRate: 44_100,
        audioBitDepth: 24,
        audioCodec: 'mp3',
        audioNumChannels: 2,
        duration: 1.5,
      },
      't.txt': { itemType: 'plainText', clientMetadata: jsonText({ a: { b: [1, null] } }) },
      'doc-files/p.pdf': {
        itemType: 'pdf',
        numPages: 7,
        fileSize: 6,
        url: 'https://data.example.com/doc-files/p.pdf',
      },
    });
  });

  it('registers units without metadata as not measured when the integration is not strict', async () => {
    const folder = await newFolder(system);
    await run(folder, await newIntegration(system), {
      images: [{ objectUrl: 'https://data.example.com/x.jpg' }],
    });
    expect(await itemsOf(folder)).toMatchObject([{ metadataSource: null, width: null, fileSize: null }]);
  });

  it('names place, code, message and hint of every failed unit and registers the others', async () => {
    const folder = await newFolder(system);
    const integration = await newIntegration(system, {
      strictClientOnly: true,
      allowedHosts: ['data.example.com'],
    });
    const url = 'https://data.example.com/x';
    const job = await run(folder, integration, {
      images: [
        { objectUrl: `${url}1`, imageMetadata },
        { objectUrl: `${url}2` },
        { objectUrl: `${url}3`, imageMetadata: { width: 1 } },
        { objectUrl: `${url} 4`, imageMetadata },
        { imageMetadata },
        'https://data.example.com/x5',
        { objectUrl: `${url}${'y'.repeat(17_000)}`, imageMetadata },
        { objectUrl: `${url}6`, title: 't'.repeat(301), imageMetadata },
        { objectUrl: `${url}7`, clientMetadata: { $bad: 1 }, imageMetadata },
        { objectUrl: 'https://elsewhere.example.com/x?X-Amz-Signature=aa', imageMetadata },
        { objectUrl: `${url}8`, imageMetadata: { ...imageMetadata, width: 3.5 } },
      ],
      data_groups: [{ objectUrl: `${url}.nii` }],
    });
    expect(job).toMatchObject({ status: 'DONE', unitsDoneCount: 1, unitsErrorCount: 11 });
    expect(reconciles(job)).toBe(true);
    const errors = await unitErrors(system, folder, job.uploadJobUuid);
    expect(errors.map((error) => [error.place.kind, error.place.element, error.code])).toEqual([
      ['images', 1, 'media_metadata_missing'],
      ['images', 2, 'media_metadata_incomplete'],
      ['images', 3, 'object_url_whitespace'],
      ['images', 4, 'object_url_missing'],
      ['images', 5, 'unit_not_an_object'],
      ['images', 6, 'object_url_too_long'],
      ['images', 7, 'title_too_long'],
      ['images', 8, 'client_metadata_invalid'],
      ['images', 9, 'host_not_allowed'],
      ['images', 10, 'media_metadata_invalid'],
      ['dataGroups', 0, 'unit_wrong_type'],
    ]);
    for (const error of errors) {
      expect(error).toMatchObject({
        error: expect.stringMatching(/\S/),
        hint: expect.stringMatching(/\S/),
        place: { line: expect.any(Number) },
      });
      expect(JSON.stringify(error)).not.toContain('X-Amz-Signature=');
    }
    expect(job.unitErrors).toHaveLength(11);
  });

  it('leaves nothing visible when one unit fails and errors are not ignored', async () => {
    const folder = await newFolder(system);
    const job = await run(
      folder,
      await newIntegration(system, { strictClientOnly: true }),
      { images: [...images(1500), { objectUrl: signedUrl('bad') }] },
      false,
    );
    expect(job).toMatchObject({
      status: 'ERROR',
      unitsDoneCount: 0,
      unitsErrorCount: 1,
      unitsCancelledCount: 1500,
      errors: [expect.stringContaining('1 unit failed')],
    });
    expect(reconciles(job)).toBe(true);
    expect(await itemsOf(folder)).toEqual([]);
  });

  it('registers all units in one go when none fails and errors are not ignored', async () => {
    const folder = await newFolder(system);
    const job = await run(
      folder,
      await newIntegration(system, { strictClientOnly: true }),
      { images: images(2500) },
      false,
    );
    expect(job).toMatchObject({ status: 'DONE', unitsDoneCount: 2500, unitsErrorCount: 0 });
    const count = await system.context.db.query({
      name: 'test.count',
      text: 'SELECT items_count, total_size FROM folder_item_counts WHERE folder_id = $1',
      values: [folder],
    });
    expect(count).toEqual([{ items_count: 2500, total_size: 2_500_000 }]);
  });
});

describe('duplicates', () => {
  it('are registered again unless they are to be skipped', async () => {
    const folder = await newFolder(system);
    const integration = await newIntegration(system);
    await run(folder, integration, { images: images(2) });
    expect(await run(folder, integration, { images: images(2) })).toMatchObject({
      unitsDoneCount: 2,
      unitsSkippedCount: 0,
    });
    expect(await itemsOf(folder)).toHaveLength(4);
  });

  it('are skipped whoever signed them, and get the signature that lives longer', async () => {
    const folder = await newFolder(system);
    const integration = await newIntegration(system);
    const first = await run(folder, integration, { images: images(3), skip_duplicate_urls: true });
    const renewed = signedUrl('img/1.jpg', 'cd34', '21260305T120000Z');
    const second = await run(folder, integration, {
      images: [
        ...images(1),
        { objectUrl: renewed, imageMetadata },
        { objectUrl: signedUrl('img/9.jpg'), imageMetadata },
        { objectUrl: signedUrl('img/9.jpg', 'ee'), imageMetadata },
      ],
      skipDuplicateUrls: true,
    });
    expect(second).toMatchObject({ unitsDoneCount: 1, unitsSkippedCount: 3, unitsRenewedCount: 1 });
    expect(reconciles(second)).toBe(true);
    const itemUuid = first.itemsWithNames[1].itemUuid;
    const item = (await system.call(getItem, { params: { itemUuid }, query: { signUrl: 'True' } })).body;
    expect(item).toMatchObject({ signedUrl: renewed, expiresAt: '2126-03-12T12:00:00.000Z' });
  });

  it('get the metadata of the manifest when that is asked for, and keep theirs where it is silent', async () => {
    const folder = await newFolder(system);
    const integration = await newIntegration(system);
    await run(folder, integration, {
      images: [{ objectUrl: signedUrl('u.jpg'), clientMetadata: { kept: true } }],
    });
    await run(folder, integration, {
      images: [{ objectUrl: signedUrl('u.jpg', 'ff'), imageMetadata, clientMetadata: { changed: 1 } }],
      skip_duplicate_urls: true,
    });
    expect(await itemsOf(folder)).toMatchObject([{ width: null, clientMetadata: jsonText({ kept: true }) }]);
    await run(folder, integration, {
      images: [{ objectUrl: signedUrl('u.jpg'), imageMetadata }],
      skip_duplicate_urls: true,
      upsert_metadata: true,
    });
    expect(await itemsOf(folder)).toMatchObject([
      { width: 640, metadataSource: 'manifest', clientMetadata: jsonText({ kept: true }) },
    ]);
  });

  it('are registered once by jobs that run at the same time', async () => {
    const folder = await newFolder(system);
    const integration = await newIntegration(system);
    const manifest = { images: images(1200), skip_duplicate_urls: true };
    system.startWorker();
    const started = await Promise.all([1, 2, 3].map(() => system.register(folder, integration, manifest)));
    const jobs: TestJson[] = await Promise.all(started.map(({ body }) => jobResult(system, folder, body)));
    expect(jobs.reduce((sum, job) => sum + job.unitsDoneCount, 0)).toBe(1200);
    expect(jobs.reduce((sum, job) => sum + job.unitsSkippedCount, 0)).toBe(2400);
    expect(jobs.every(reconciles)).toBe(true);
    const rows = await system.context.db.query({
      name: 'test.count',
      text: 'SELECT count(*) AS items, count(DISTINCT identity_hash) AS objects FROM items WHERE folder_id = $1',
      values: [folder],
    });
    expect(rows).toEqual([{ items: 1200, objects: 1200 }]);
  });
});

describe('a long poll', () => {
  it('answers a pending job when its time, also a fraction of a second, is up', async () => {
    await using waiting = await startTestSystem({ worker: false });
    const folder = await newFolder(waiting);
    const { body: jobUuid } = await waiting.register(folder, await newIntegration(waiting), {
      images: images(1),
    });
    const answer = await waiting.call(getUploadJob, {
      params: { folderUuid: folder, jobUuid },
      query: { timeoutSeconds: 0.0123 },
    });
    expect(answer).toMatchObject({ status: 200, body: { status: 'PENDING', unitsPendingCount: 1 } });
  });
});

describe('cancel', () => {
  it('keeps what is registered, counts the rest as cancelled and ends the long poll', async () => {
    await using waiting = await startTestSystem({ worker: false });
    const folder = await newFolder(waiting);
    const { body: jobUuid } = await waiting.register(folder, await newIntegration(waiting), {
      images: images(2000),
    });
    const poll = waiting.call(getUploadJob, {
      params: { folderUuid: folder, jobUuid },
      query: { timeoutSeconds: 604_800 },
    });
    const cancelled = await waiting.call(cancelUploadJob, { params: { folderUuid: folder, jobUuid } });
    expect(cancelled).toEqual({ status: 200, body: { unitsCancelledCount: 2000 } });
    expect((await poll).body).toMatchObject({
      status: 'CANCELLED',
      unitsCancelledCount: 2000,
      unitsPendingCount: 0,
    });
    const again = await waiting.call(cancelUploadJob, { params: { folderUuid: folder, jobUuid } });
    expect(again).toMatchObject({ status: 409, body: { code: 'upload_job_finished' } });
    waiting.startWorker();
    await waiting.drain();
    expect((await waiting.call(listItems, { params: { folderUuid: folder } })).body.results).toEqual([]);
  });
});

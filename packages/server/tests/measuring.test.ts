import { statSync } from 'node:fs';
import { type DemoObject, demoMedia } from '@latchkey/bucket/demo-media';
import { patchIntegration } from '@latchkey/contract/routes/integrations';
import { getChildItems, listItems } from '@latchkey/contract/routes/items';
import { cancelUploadJob } from '@latchkey/contract/routes/upload-jobs';
import { claimPart, setMeasuringProgress } from '@latchkey/db/upload-jobs/parts-writer';
import { processPart } from '@latchkey/server/registration/process-part';
import { startTestSystem, type TestJson, type TestSystem } from '@latchkey/testkit/start-system';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { imageMetadata, jobResult, newFolder, newIntegration, unitErrors } from './fixtures.js';
import { dicomFile, niftiFile, pcdFile } from './media-files.js';
import {
  closedPort,
  type MediaStorage,
  someText,
  startMediaStorage,
  startSlowStorage,
} from './media-storage.js';
import { countRows, jobNow, reconciles, run, sql } from './registration-fixtures.js';

const environment = { LATCHKEY_PROBE: 'on', LATCHKEY_EGRESS_ALLOW: '127.0.0.0/8' };
let system: TestSystem;
let storage: MediaStorage;
let media: readonly DemoObject[];

beforeAll(async () => {
  system = await startTestSystem({ environment });
  storage = await startMediaStorage();
  media = demoMedia();
  for (const { key, filePath, contentType } of media) await storage.put(key, filePath, contentType);
});
afterAll(async () => {
  await system.close();
  await storage[Symbol.asyncDispose]();
});

const sizeOf = (key: string): number => statSync(media.find((each) => each.key === key)?.filePath ?? '').size;
const nothingMeasured = { unitsToMeasureCount: 0, unitsMeasuredCount: 0, unitsUnmeasurableCount: 0 };
const requestsOf = (key: string): number =>
  storage.bucket.log.filter(({ path }) => path.endsWith(`/${key}`)).length;

async function itemsOf(folderUuid: string, of: TestSystem = system): Promise<TestJson[]> {
  const { body } = await of.call(listItems, { params: { folderUuid }, query: { pageSize: 1000 } });
  return body.results;
}

/** Registers the manifest in a folder of its own under an integration that is not strict. */
async function register(manifest: object, ignoreErrors = true, of: TestSystem = system) {
  const folder = await newFolder(of);
  const job = await run(of, folder, await newIntegration(of), manifest, ignoreErrors);
  expect(reconciles(job)).toBe(true);
  const errors = await unitErrors(of, folder, job.uploadJobUuid);
  return { folder, job, errors, items: await itemsOf(folder, of) };
}

describe('a unit without media metadata', () => {
  it.each(['images', 'videos', 'audio', 'text', 'pdfs'] as const)('of %s is measured', async (kind) => {
    const units = media.filter((object) => object.kind === kind);
    const { job, errors, items } = await register({
      [kind]: units.map(({ key }) => ({ objectUrl: storage.sign(key), title: key })),
    });
    expect(errors).toEqual([]);
    expect(job).toMatchObject({ status: 'DONE', unitsDoneCount: units.length });
    for (const unit of units) {
      const { duration, ...expected } = metadataOf(unit);
      const item = items.find(({ name }) => name === unit.key);
      expect(item).toMatchObject({ metadataSource: 'probe', ...expected });
      if (duration !== undefined) expect(item.duration).toBeCloseTo(duration, 1);
    }
  });

  it.each([
    ['nifti', 'scan.nii', niftiFile(), { width: 5, height: 4, mediaDetails: { depth: 3 } }],
    ['scenes', 'cloud.pcd', pcdFile(), { mediaDetails: { numPoints: 2 } }],
    ['time_series', 'series.csv', Buffer.from('time,a\n0,1\n1,2\n2,4\n'), { mimeType: 'text/csv' }],
  ])('of %s is measured', async (kind, key, bytes, expected) => {
    const objectUrl = await storage.put(key, bytes, 'application/octet-stream');
    const { errors, items } = await register({ [kind]: [{ objectUrl }] });
    expect(errors).toEqual([]);
    expect(items).toEqual([
      expect.objectContaining({ metadataSource: 'probe', fileSize: bytes.length, ...expected }),
    ]);
  });

  it('of images of a group is measured for each that lacks it', async () => {
    const { errors, items } = await register({
      image_groups: [
        {
          title: 'group',
          objectUrl_0: storage.sign('images/sunflower.png'),
          objectUrl_1: 'https://not-asked.example/1.jpg',
          imageMetadata_1: imageMetadata,
          objectUrl_2: storage.sign('images/embers.avif'),
        },
      ],
    });
    expect(errors).toEqual([]);
    expect(items).toMatchObject([{ metadataSource: 'probe', width: 1024, height: 1024, frameCount: 3 }]);
    const params = { folderUuid: items[0].parent, itemUuid: items[0].uuid };
    const { body } = await system.call(getChildItems, { params });
    expect(
      body.results.map(({ metadataSource, width, mimeType }: TestJson) => [metadataSource, width, mimeType]),
    ).toEqual([
      ['probe', 1024, 'image/png'],
      ['manifest', 640, 'image/jpeg'],
      ['probe', 1200, 'image/avif'],
    ]);
  });

  it('of files of a composed scene is measured for each that lacks it, but for models', async () => {
    const cloud = await storage.put('drive/0.pcd', pcdFile(), 'application/octet-stream');
    const scene = {
      lidar: { type: 'point_cloud', events: [{ uri: cloud }] },
      front: {
        type: 'image',
        events: [
          { uri: storage.sign('images/sunflower.png') },
          { uri: 'https://not-asked.example/1.jpg', imageMetadata },
        ],
      },
      car: { type: 'model', events: [{ uri: 'https://not-asked.example/car.glb' }] },
    };
    const { errors, items } = await register({ scenes: [{ title: 'drive', scene }] });
    expect(errors).toEqual([]);
    expect(items).toMatchObject([
      {
        itemType: 'scene',
        metadataSource: 'probe',
        width: null,
        height: null,
        fileSize: null,
        frameCount: 4,
      },
    ]);
    const params = { folderUuid: items[0].parent, itemUuid: items[0].uuid };
    const { body } = await system.call(getChildItems, { params });
    expect(
      body.results.map(({ metadataSource, fileSize, width, mediaDetails }: TestJson) => [
        metadataSource,
        fileSize,
        width,
        mediaDetails?.numPoints,
      ]),
    ).toEqual([
      ['probe', pcdFile().length, null, 2],
      ['probe', sizeOf('images/sunflower.png'), 1024, undefined],
      ['manifest', imageMetadata.fileSize, 640, undefined],
      [null, null, null, undefined],
    ]);
  });

  it('of files of one DICOM series is measured', async () => {
    const files = ['1', '2'].map((number) => dicomFile('1.2.3', number));
    const urls = await Promise.all(
      files.map((bytes, index) => storage.put(`series/${index}.dcm`, bytes, 'application/dicom')),
    );
    const { errors, items } = await register({
      dicom_series: [{ title: 'series', objectUrl_0: urls[0], objectUrl_1: urls[1] }],
    });
    expect(errors).toEqual([]);
    expect(items).toMatchObject([
      { metadataSource: 'probe', width: 4, height: 3, dicomSeriesUid: '1.2.3', frameCount: 2 },
    ]);
  });

  it('of files of several DICOM series becomes an item for each, beside units of other kinds', async () => {
    const files = { 'c.dcm': ['1.2.5', '1'], 'd.dcm': ['1.2.6', '1'], 'e.dcm': ['1.2.5', '2'] } as const;
    const urls: string[] = [];
    for (const [key, [series, instance]] of Object.entries(files))
      urls.push(await storage.put(`study/${key}`, dicomFile(series, instance), 'application/dicom'));
    const { job, errors, items } = await register({
      dicom_series: [
        { title: 'gone', objectUrl_0: storage.sign('study/gone.dcm') },
        { title: 'study', objectUrl_0: urls[0], objectUrl_1: urls[1], objectUrl_2: urls[2] },
        { title: 'single', objectUrl_0: urls[1] },
      ],
      text: [{ objectUrl: storage.sign('text/field-notes.txt'), title: 'notes' }],
      skip_duplicate_urls: true,
    });
    expect(errors).toMatchObject([{ code: 'object_not_found', title: 'gone' }]);
    // The last is known from the study.
    expect(job).toMatchObject({ unitsDoneCount: 2, unitsErrorCount: 1, unitsSkippedCount: 1 });
    expect(
      items.map(({ name, metadataSource, dicomSeriesUid, frameCount }) => [
        name,
        metadataSource,
        dicomSeriesUid,
        frameCount,
      ]),
    ).toEqual([
      ['notes', 'probe', null, null],
      ['study, series 1', 'probe', '1.2.5', 2],
      ['study, series 2', 'probe', '1.2.6', 1],
    ]);
  });

  it('lets the integration become strict, because all that is needed is known', async () => {
    const folder = await newFolder(system);
    const integrationUuid = await newIntegration(system);
    const text = [{ objectUrl: storage.sign('text/field-notes.txt') }];
    await run(system, folder, integrationUuid, { text });
    const { status } = await system.call(patchIntegration, {
      params: { integrationUuid },
      body: { strictClientOnly: true },
    });
    expect(status).toBe(200);
  });

  it('is not measured while it is known', async () => {
    const key = 'text/label-guide.md';
    const folder = await newFolder(system);
    const integration = await newIntegration(system);
    const manifest = (seconds: number) => ({
      text: [{ objectUrl: storage.sign(key, seconds) }],
      skip_duplicate_urls: true,
    });
    await run(system, folder, integration, manifest(600));
    const requests = requestsOf(key);
    const again = await run(system, folder, integration, manifest(3600));
    expect(again).toMatchObject({ unitsDoneCount: 0, unitsSkippedCount: 1, unitsRenewedCount: 1 });
    const upserting = { ...manifest(600), upsert_metadata: true };
    expect(await run(system, folder, integration, upserting)).toMatchObject({ unitsSkippedCount: 1 });
    const checked = await run(system, folder, integration, manifest(600), false);
    expect(checked).toMatchObject({ status: 'DONE', unitsSkippedCount: 1 });
    expect(requestsOf(key)).toBe(requests);
    expect(await itemsOf(folder)).toMatchObject([{ metadataSource: 'probe', mimeType: 'text/markdown' }]);
  });

  it('is registered by the first of its URLs that is good', async () => {
    const key = 'text/field-notes.txt';
    const { job, errors, items } = await register({
      text: [
        { objectUrl: storage.signExpired(key), title: 'expired' },
        { objectUrl: storage.sign(key), title: 'good' },
        { objectUrl: storage.sign(key, 60), title: 'same' },
      ],
      allow_expired_urls: true,
      skip_duplicate_urls: true,
    });
    expect(job).toMatchObject({ unitsDoneCount: 1, unitsSkippedCount: 1, unitsErrorCount: 1 });
    expect(errors).toMatchObject([{ code: 'object_forbidden', title: 'expired' }]);
    expect(items).toMatchObject([{ name: 'good' }]);
  });

  it('is registered without when measuring is switched off', async () => {
    await using off = await startTestSystem({ environment: { LATCHKEY_PROBE: 'off' } });
    const key = 'text/readings.csv';
    const requests = requestsOf(key);
    const { items } = await register({ text: [{ objectUrl: storage.sign(key) }] }, true, off);
    expect(items).toMatchObject([{ metadataSource: null, fileSize: null }]);
    expect(requestsOf(key)).toBe(requests);
  });
});

describe('a unit that cannot be measured', () => {
  it('is named with what was expected and what was found, and without its signature', async () => {
    const { job, errors, items } = await register({
      videos: [
        { objectUrl: storage.sign('videos/orbits.mp4') },
        { objectUrl: storage.sign('images/sunflower.png'), title: 'no video' },
      ],
    });
    expect(job).toMatchObject({ status: 'DONE', unitsDoneCount: 1, unitsErrorCount: 1 });
    expect(items).toMatchObject([{ width: 640 }]);
    expect(errors).toMatchObject([
      {
        code: 'media_wrong_type',
        error: expect.stringMatching(/^Expected a video, found .*PNG/),
        hint: expect.stringContaining('List it under what it is'),
        title: 'no video',
        objectUrls: [`${storage.bucket.origin}/media/images/sunflower.png`],
        place: { kind: 'videos', element: 1, line: 1, field: 'objectUrl' },
      },
    ]);
  });

  it('says what the storage answered, whether it can be reached and what its bytes are', async () => {
    const empty = await storage.put('broken/empty.txt', new Uint8Array(), 'text/plain');
    const { errors } = await register({
      text: [
        { objectUrl: storage.signExpired('text/field-notes.txt') },
        { objectUrl: storage.sign('text/no-such-object.txt') },
        { objectUrl: `http://127.0.0.1:${await closedPort()}/text.txt` },
        { objectUrl: empty },
        { objectUrl: 'http://127.0.0.1:22/text.txt' },
        { objectUrl: 'http://10.0.0.1/text.txt' },
        { objectUrl: 'http://0xa9.0xfe.0xa9.0xfe/latest/meta-data/' },
      ],
      allow_expired_urls: true,
    });
    expect(errors.map(({ code }) => code)).toEqual([
      'object_forbidden',
      'object_not_found',
      'object_unreachable',
      'media_empty',
      'object_address_refused',
      'object_address_refused',
      'object_address_refused',
    ]);
    expect(errors[0].error).toBe('The storage refused the URL: it answered 403 (AccessDenied).');
    expect(JSON.stringify(errors)).not.toMatch(/X-Amz|secret/);
  });

  it('is refused at a private address unless the operator allows that', async () => {
    await using closed = await startTestSystem({ environment: { LATCHKEY_PROBE: 'on' } });
    const key = 'images/decay-plot.png';
    const requests = requestsOf(key);
    const { job, errors } = await register({ images: [{ objectUrl: storage.sign(key) }] }, true, closed);
    expect(job).toMatchObject({ status: 'DONE', unitsErrorCount: 1 });
    expect(errors).toMatchObject([
      { code: 'object_address_refused', hint: expect.stringContaining('LATCHKEY_EGRESS_ALLOW') },
    ]);
    expect(requestsOf(key)).toBe(requests);
  });

  it('names the member of a group', async () => {
    const { errors, items } = await register({
      image_groups: [
        {
          title: 'group',
          objectUrl_0: storage.sign('images/sunflower.png'),
          objectUrl_1: storage.sign('text/field-notes.txt'),
        },
      ],
    });
    expect(items).toEqual([]);
    expect(errors).toMatchObject([
      {
        code: 'media_wrong_type',
        error: expect.stringMatching(/^Member 2 of 2: Expected an image, found/),
        objectUrls: [`${storage.bucket.origin}/media/text/field-notes.txt`],
        title: 'group',
      },
    ]);
  });

  it.each([
    [
      'of another type',
      'images/sunflower.png',
      'media_wrong_type',
      /^scene\.lidar\.events\[1\]\.uri: Expected a point cloud, found a PNG image\./,
    ],
    ['that is gone', 'drive/gone.pcd', 'object_not_found', /^scene\.lidar\.events\[1\]\.uri: .*404/],
  ])('names the file of a scene %s', async (_, key, code, message) => {
    const cloud = await storage.put('drive/0.pcd', pcdFile(), 'application/octet-stream');
    const lidar = { type: 'point_cloud', events: [{ uri: cloud }, { uri: storage.sign(key) }] };
    const { job, errors, items } = await register({ scenes: [{ title: 'drive', scene: { lidar } }] });
    expect(items).toEqual([]);
    expect(job).toMatchObject({ status: 'DONE', unitsErrorCount: 1 });
    expect(errors).toMatchObject([{ code, title: 'drive' }]);
    expect(errors[0].error).toMatch(message);
    expect(errors[0].objectUrls).toEqual([`${storage.bucket.origin}/media/${key}`]);
  });

  it('ends thousands of a dead host in the time of a few', async () => {
    const origin = `http://127.0.0.1:${await closedPort()}`;
    const images = Array.from({ length: 2000 }, (_, index) => ({ objectUrl: `${origin}/${index}.png` }));
    const started = performance.now();
    const { job, errors } = await register({ images });
    expect(job).toMatchObject({ status: 'DONE', unitsErrorCount: 2000 });
    expect(new Set(errors.map(({ code }) => code))).toEqual(new Set(['object_unreachable']));
    // With three attempts each, one after the other, it would be hours.
    expect(performance.now() - started).toBeLessThan(25_000);
  });
});

describe('an all-or-nothing job', () => {
  it('measures each object once, in the check, and registers what was measured', async () => {
    const keys = ['images/sunflower.png', 'images/decay-plot.png'];
    const before = keys.map(requestsOf);
    const images = keys.map((key) => ({ objectUrl: storage.sign(key), title: key }));
    const { job, items } = await register(
      { images: [...images, { objectUrl: 'https://a.example/', imageMetadata }] },
      false,
    );
    expect(job).toMatchObject({ status: 'DONE', unitsDoneCount: 3 });
    expect(items.map(({ metadataSource, width }) => [metadataSource, width]).sort()).toEqual([
      ['manifest', 640],
      ['probe', 1024],
      ['probe', 1400],
    ]);
    expect(keys.map(requestsOf)).toEqual(before.map((count) => count + 1));
    expect(await countRows(system, 'upload_job_parts', 'measured IS NOT NULL')).toBe(0);
  });

  it('leaves nothing when one object cannot be measured', async () => {
    const images = ['images/sunflower.png', 'text/field-notes.txt'].map((key) => ({
      objectUrl: storage.sign(key),
    }));
    const { job, errors, items } = await register({ images }, false);
    expect(job).toMatchObject({
      status: 'ERROR',
      unitsDoneCount: 0,
      unitsErrorCount: 1,
      unitsCancelledCount: 1,
    });
    expect(errors).toMatchObject([{ code: 'media_wrong_type', place: { element: 1 } }]);
    expect(items).toEqual([]);
  });

  it('is checked again when what was known is gone before it is registered', async () => {
    await using idle = await startTestSystem({ environment, worker: false });
    const folder = await newFolder(idle);
    const integration = await newIntegration(idle);
    const text = [{ objectUrl: storage.sign('text/field-notes.txt') }];
    const manifest = { text, skip_duplicate_urls: true };
    const first = (await idle.register(folder, integration, manifest)).body;
    await workAll(idle, first);
    const second = (await idle.register(folder, integration, manifest, { ignoreErrors: false })).body;
    await workOnce(idle, second);
    expect(await jobNow(idle, folder, second)).toMatchObject({ phase: 'registering' });
    await sql(idle, 'DELETE FROM items WHERE folder_id = $1', [folder]);
    await workAll(idle, second);
    expect(await jobNow(idle, folder, second)).toMatchObject({ status: 'DONE', unitsDoneCount: 1 });
    expect(await itemsOf(folder, idle)).toMatchObject([{ metadataSource: 'probe' }]);
  });
});

async function workOnce({ context }: TestSystem, jobUuid: string): Promise<boolean> {
  const claimed = await claimPart(context.db, jobUuid, 60);
  if (claimed) await processPart(context, claimed);
  return claimed !== null;
}

async function workAll(of: TestSystem, jobUuid: string): Promise<void> {
  while (await workOnce(of, jobUuid));
}

describe('while objects are measured', () => {
  it('a cancel ends the job at once, and its requests', async () => {
    await using slow = await startSlowStorage(someText);
    const folder = await newFolder(system);
    const text = Array.from({ length: 50 }, (_, index) => ({ objectUrl: `${slow.origin}/${index}.txt` }));
    const { body: jobUuid } = await system.register(folder, await newIntegration(system), { text });
    await expect.poll(slow.count).toBeGreaterThan(0);
    const params = { folderUuid: folder, jobUuid };
    expect((await system.call(cancelUploadJob, { params })).body).toEqual({ unitsCancelledCount: 50 });
    await expect.poll(slow.openConnections).toBe(0);
    const job = await jobResult(system, folder, jobUuid);
    expect(job).toMatchObject({ status: 'CANCELLED', unitsCancelledCount: 50, unitsErrorCount: 0 });
    expect(await itemsOf(folder)).toEqual([]);
  });

  it('a switch to strict client-only access ends the requests, and the units fail', async () => {
    await using slow = await startSlowStorage(someText);
    const folder = await newFolder(system);
    const integrationUuid = await newIntegration(system);
    const text = Array.from({ length: 50 }, (_, index) => ({ objectUrl: `${slow.origin}/${index}.txt` }));
    const { body: jobUuid } = await system.register(folder, integrationUuid, { text });
    await expect.poll(slow.count).toBeGreaterThan(0);
    const body = { strictClientOnly: true };
    expect(await system.call(patchIntegration, { params: { integrationUuid }, body })).toMatchObject({
      status: 200,
    });
    await expect.poll(slow.openConnections).toBe(0);
    const requests = slow.count();
    expect(await jobResult(system, folder, jobUuid)).toMatchObject({ unitsErrorCount: 50 });
    expect(slow.count()).toBe(requests);
    expect(await unitErrors(system, folder, jobUuid)).toContainEqual(
      expect.objectContaining({ code: 'media_metadata_missing' }),
    );
  });

  it('other jobs are registered, those that are measured too', async () => {
    await using slow = await startSlowStorage(someText);
    const folder = await newFolder(system);
    const text = Array.from({ length: 5000 }, (_, index) => ({ objectUrl: `${slow.origin}/${index}.txt` }));
    const { body: jobUuid } = await system.register(folder, await newIntegration(system), { text });
    await expect.poll(slow.count).toBeGreaterThan(0);
    const small = await newFolder(system);
    const manifest = {
      text: [{ objectUrl: storage.sign('text/field-notes.txt') }],
      images: [{ objectUrl: 'https://a.example/1', imageMetadata }],
    };
    const other = (await system.register(small, await newIntegration(system), manifest)).body;
    await expect
      .poll(() => jobNow(system, small, other), { timeout: 20_000 })
      .toMatchObject({ status: 'DONE', unitsDoneCount: 2 });
    expect(await jobNow(system, folder, jobUuid)).toMatchObject({ status: 'PENDING', unitsErrorCount: 0 });
    await system.call(cancelUploadJob, { params: { folderUuid: folder, jobUuid } });
  });

  it('a worker that dies leaves nothing, and the next one registers each unit once', async () => {
    await using slow = await startSlowStorage(someText);
    await using idle = await startTestSystem({ environment, worker: false });
    const folder = await newFolder(idle);
    const text = Array.from({ length: 20 }, (_, index) => ({ objectUrl: `${slow.origin}/${index}.txt` }));
    const { body: jobUuid } = await idle.register(folder, await newIntegration(idle), { text });
    const lost = workOnce(idle, jobUuid);
    await expect.poll(slow.count).toBeGreaterThan(0);
    await sql(idle, 'UPDATE upload_job_parts SET lease_until = now() WHERE job_id = $1', [jobUuid]);
    expect(await itemsOf(folder, idle)).toEqual([]);
    slow.release();
    idle.startWorker();
    const job = await jobResult(idle, folder, jobUuid);
    await lost;
    expect(job).toMatchObject({ status: 'DONE', unitsDoneCount: 20, unitsErrorCount: 0 });
    expect(await itemsOf(folder, idle)).toHaveLength(20);
  });

  it.each([
    ['part by part', true],
    ['all or nothing', false],
  ])('the job says how far it is, %s, until its part is done', async (_, ignoreErrors) => {
    await using slow = await startSlowStorage(someText);
    const folder = await newFolder(system);
    const images = [{ objectUrl: 'https://a.example/1.jpg', title: 'known', imageMetadata }];
    const text = [
      { objectUrl: storage.sign('text/field-notes.txt') },
      { objectUrl: storage.sign('text/station.xml') },
      ...(ignoreErrors ? [{ objectUrl: storage.sign('text/gone.txt') }] : []),
      { objectUrl: `${slow.origin}/slow.txt` },
    ];
    const { body: jobUuid } = await system.register(
      folder,
      await newIntegration(system),
      { text, images },
      { ignoreErrors },
    );
    const failed = ignoreErrors ? 1 : 0;
    await expect
      .poll(() => jobNow(system, folder, jobUuid), { timeout: 15_000 })
      .toMatchObject({
        status: 'PENDING',
        unitsToMeasureCount: text.length,
        unitsMeasuredCount: 2,
        unitsUnmeasurableCount: failed,
        unitsErrorCount: 0,
      });
    slow.release();
    const job = await jobResult(system, folder, jobUuid);
    expect(job).toMatchObject({
      status: 'DONE',
      unitsDoneCount: 4,
      unitsErrorCount: failed,
      ...nothingMeasured,
    });
    expect(reconciles(job)).toBe(true);
  });

  it('a part that is taken again begins with nothing measured, and who lost it counts no more', async () => {
    await using slow = await startSlowStorage(someText);
    await using idle = await startTestSystem({ environment, worker: false });
    const folder = await newFolder(idle);
    const text = [
      { objectUrl: storage.sign('text/field-notes.txt') },
      { objectUrl: `${slow.origin}/slow.txt` },
    ];
    const { body: jobUuid } = await idle.register(folder, await newIntegration(idle), { text });
    const { db } = idle.context;
    const lost = await claimPart(db, jobUuid, 60);
    if (!lost) throw new Error('The part could not be claimed.');
    await setMeasuringProgress(db, lost, { toMeasure: 2, measured: 1, unmeasurable: 0 });
    expect(await jobNow(idle, folder, jobUuid)).toMatchObject({
      unitsToMeasureCount: 2,
      unitsMeasuredCount: 1,
    });
    await sql(idle, 'UPDATE upload_job_parts SET lease_until = now() WHERE job_id = $1', [jobUuid]);
    const taken = await claimPart(db, jobUuid, 60);
    if (!taken) throw new Error('The part could not be claimed again.');
    await setMeasuringProgress(db, lost, { toMeasure: 2, measured: 2, unmeasurable: 0 });
    expect(await jobNow(idle, folder, jobUuid)).toMatchObject(nothingMeasured);
    slow.release();
    await processPart(idle.context, taken);
    expect(await jobNow(idle, folder, jobUuid)).toMatchObject({
      status: 'DONE',
      unitsDoneCount: 2,
      ...nothingMeasured,
    });
  });

  it('the server stops without waiting for the storage', async () => {
    await using slow = await startSlowStorage(someText);
    const stopped = await startTestSystem({ environment });
    const folder = await newFolder(stopped);
    const text = [{ objectUrl: `${slow.origin}/1.txt` }];
    const { body: jobUuid } = await stopped.register(folder, await newIntegration(stopped), { text });
    await expect.poll(slow.count).toBeGreaterThan(0);
    const before = await jobNow(stopped, folder, jobUuid);
    const started = performance.now();
    await stopped.close();
    expect(performance.now() - started).toBeLessThan(8_000);
    expect(before).toMatchObject({ status: 'PENDING', unitsPendingCount: 1 });
  });
});

describe('strict client-only access', () => {
  it('asks no storage for anything, whether the metadata is there or not', async () => {
    await using slow = await startSlowStorage(someText);
    const folder = await newFolder(system);
    const integration = await newIntegration(system, { strictClientOnly: true });
    const objectUrl = `${slow.origin}/1.txt`;
    const job = await run(system, folder, integration, {
      text: [{ objectUrl }, { objectUrl, textMetadata: { fileSize: 1, mimeType: 'text/plain' } }],
    });
    expect(job).toMatchObject({ unitsDoneCount: 1, unitsErrorCount: 1 });
    expect(await unitErrors(system, folder, job.uploadJobUuid)).toMatchObject([
      { code: 'media_metadata_missing' },
    ]);
    expect([slow.count(), slow.openConnections()]).toEqual([0, 0]);
  });
});

/** As an item shows it. */
function metadataOf(object: DemoObject): Record<string, unknown> & { duration?: number } {
  if (object.kind === 'images') return { ...object.imageMetadata };
  if (object.kind === 'videos') return { ...object.videoMetadata };
  if (object.kind === 'text') return { ...object.textMetadata };
  if (object.kind === 'pdfs') return { ...object.pdfMetadata };
  if (object.kind !== 'audio') throw new Error(`No test of ${object.kind}.`);
  // A lossy codec has no bit depth; the demo gives the one that players use.
  const { sampleRate, numChannels, duration, fileSize, mimeType } = object.audioMetadata;
  return { duration, fileSize, mimeType, audioSampleRate: sampleRate, audioNumChannels: numChannels };
}

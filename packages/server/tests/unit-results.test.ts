import { moveItems } from '@latchkey/contract/routes/items';
import { cancelUploadJob, listUnitResults } from '@latchkey/contract/routes/upload-jobs';
import { startTestSystem, type TestSystem } from '@latchkey/testkit/start-system';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { imageMetadata, images, jobResult, newFolder, newIntegration, signedUrl } from './fixtures.js';
import { allUnits, post, run, sql } from './registration-fixtures.js';

let system: TestSystem;
let integration: string;
let lenient: string;
beforeAll(async () => {
  system = await startTestSystem();
  integration = await newIntegration(system, { strictClientOnly: true });
  lenient = await newIntegration(system);
});
afterAll(() => system.close());

const later = '21260305T120000Z';
const open = (key: string): string => `https://acme.s3.eu-west-2.amazonaws.com/${key}`;
const unit = (key: string, signature = 'ab12', date?: string) => ({
  objectUrl: signedUrl(key, signature, date),
  title: key,
  imageMetadata,
});

describe('unit results', () => {
  it('name outcome, item, place and fault of every unit in the order of the file', async () => {
    const folder = await newFolder(system);
    const first = await run(system, folder, integration, {
      images: [unit('known.jpg'), unit('renewed.jpg')],
      skip_duplicate_urls: true,
    });
    const [known, renewed] = first.itemsWithNames;
    const job = await run(system, folder, integration, {
      images: [unit('known.jpg', 'ff'), { objectUrl: signedUrl('bare.jpg'), title: 'bare' }],
      skip_duplicate_urls: true,
      videos: [{ objectUrl: 'not a url', title: 'no video' }],
      image: [unit('renewed.jpg', 'cd', later), unit('new.jpg'), unit('new.jpg', 'ee')],
    });
    expect(job).toMatchObject({ unitsDoneCount: 1, unitsSkippedCount: 3, unitsErrorCount: 2 });
    const created = job.itemsWithNames[0].itemUuid;
    const units = await allUnits(system, folder, job.uploadJobUuid);
    expect(units.map(({ position }) => position)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(units).toMatchObject([
      { outcome: 'skipped', itemUuid: known.itemUuid, title: 'known.jpg', objectUrl: open('known.jpg') },
      {
        outcome: 'error',
        itemUuid: null,
        title: 'bare',
        objectUrl: open('bare.jpg'),
        error: { code: 'media_metadata_missing' },
      },
      { outcome: 'error', itemUuid: null, title: 'no video', place: { kind: 'videos', element: 0 } },
      { outcome: 'renewed', itemUuid: renewed.itemUuid, place: { kind: 'images', element: 2 } },
      { outcome: 'created', itemUuid: created, title: 'new.jpg', objectUrl: open('new.jpg') },
      { outcome: 'skipped', itemUuid: created, place: { kind: 'images', element: 4 }, error: null },
    ]);
    expect(JSON.stringify(units)).not.toContain('X-Amz-Signature');
  });

  it('are the same on pages of any size, across parts', async () => {
    const folder = await newFolder(system);
    const bad = new Set([0, 1999, 2000, 4100]);
    const manifest = {
      images: images(4101).map((image, index) => (bad.has(index) ? { ...image, imageMetadata: {} } : image)),
      videos: [{ objectUrl: 'https://data.example.com/v' }],
    };
    const { uploadJobUuid } = await run(system, folder, integration, manifest);
    const units = await allUnits(system, folder, uploadJobUuid);
    expect(units.map(({ position }) => position)).toEqual(Array.from({ length: 4102 }, (_, index) => index));
    units.slice(0, 4101).forEach(({ outcome, title, place, error }, index) => {
      expect({ outcome, title, ...place }).toEqual({
        outcome: bad.has(index) ? 'error' : 'created',
        title: manifest.images[index]?.title,
        kind: 'images',
        element: index,
      });
      expect(error === null).toBe(!bad.has(index));
    });
    expect(units[4101]).toMatchObject({ outcome: 'error', place: { kind: 'videos', element: 0 } });
    expect(await allUnits(system, folder, uploadJobUuid, { pageSize: 683 })).toEqual(units);
    const failed = units.filter(({ outcome }) => outcome === 'error');
    for (const pageSize of [1, 2, 5])
      expect(await allUnits(system, folder, uploadJobUuid, { pageSize, outcomes: ['error'] })).toEqual(
        failed,
      );
  });

  it('can be asked for by one outcome or several, in either spelling of the page size', async () => {
    const folder = await newFolder(system);
    await run(system, folder, integration, { images: images(2) });
    const { uploadJobUuid } = await run(system, folder, integration, {
      images: [...images(3), { objectUrl: 'x' }],
      skip_duplicate_urls: true,
    });
    const outcomes = async (wanted: readonly string[]): Promise<string[]> =>
      (await allUnits(system, folder, uploadJobUuid, { page_size: 2, outcomes: wanted })).map(
        ({ outcome }) => outcome,
      );
    expect(await outcomes(['created'])).toEqual(['created']);
    expect(await outcomes(['error', 'skipped'])).toEqual(['skipped', 'skipped', 'error']);
    expect(await outcomes(['renewed', 'pending', 'cancelled'])).toEqual([]);
    expect(await outcomes([])).toEqual(['skipped', 'skipped', 'created', 'error']);
  });

  it('name the kind of each line of NDJSON that can be read', async () => {
    const folder = await newFolder(system);
    const lines = [
      JSON.stringify({ type: 'image', ...unit('a.jpg') }),
      '{"type": "image", ',
      JSON.stringify({ objectUrl: signedUrl('b.jpg') }),
      '',
      JSON.stringify({
        type: 'pdf',
        objectUrl: signedUrl('c.pdf'),
        pdfMetadata: { fileSize: 1, numPages: 1 },
      }),
      JSON.stringify({ type: 'video', objectUrl: signedUrl('d.mp4') }),
    ];
    const started = await post(system, folder, integration, lines.join('\n'), {
      headers: { 'content-type': 'application/x-ndjson' },
    });
    const job = await jobResult(system, folder, started.body);
    expect(job).toMatchObject({ unitsTotalCount: 5, unitsDoneCount: 2, unitsErrorCount: 3 });
    expect(await allUnits(system, folder, started.body)).toMatchObject([
      { outcome: 'created', title: 'a.jpg' },
      { outcome: 'error', place: { kind: null, element: 1 }, error: { code: 'unit_malformed' } },
      { outcome: 'error', place: { kind: null, element: 2 }, error: { code: 'unit_type_missing' } },
      { outcome: 'created', title: 'c.pdf' },
      { outcome: 'error', place: { kind: 'videos', element: 4 }, error: { code: 'media_metadata_missing' } },
    ]);
  });
});

describe('an item that is gone from the folder', () => {
  it('keeps its UUID in the results, and nothing of where it is now', async () => {
    const [folder, elsewhere] = [await newFolder(system), await newFolder(system)];
    const job = await run(system, folder, lenient, { images: images(3) });
    const [moved, deleted, kept] = job.itemsWithNames.map(({ itemUuid }: { itemUuid: string }) => itemUuid);
    const move = await system.call(moveItems, {
      params: { folderUuid: folder },
      body: { itemUuids: [moved], newParentUuid: elsewhere },
    });
    expect(move.status).toBeLessThan(300);
    await sql(system, 'DELETE FROM items WHERE folder_id = $1 AND id = $2', [folder, deleted]);
    const gone = { outcome: 'created', title: null, objectUrl: null };
    expect(await allUnits(system, folder, job.uploadJobUuid)).toMatchObject([
      { ...gone, itemUuid: moved },
      { ...gone, itemUuid: deleted },
      { outcome: 'created', itemUuid: kept, title: 'image 000002' },
    ]);
  });
});

describe('units that have no outcome yet', () => {
  it('are pending, and cancelled once the job is', async () => {
    await using waiting = await startTestSystem({ worker: false });
    const folder = await newFolder(waiting);
    const { body: jobUuid } = await waiting.register(folder, await newIntegration(waiting), {
      images: images(2500),
    });
    const outcomes = async (query = {}) => [
      ...new Set(
        (await allUnits(waiting, folder, jobUuid, { pageSize: 1000, ...query })).map(
          ({ outcome }) => outcome,
        ),
      ),
    ];
    const [first] = await allUnits(waiting, folder, jobUuid);
    expect(first).toEqual({
      position: 0,
      outcome: 'pending',
      itemUuid: null,
      objectUrl: null,
      title: null,
      place: { kind: 'images', element: 0 },
      error: null,
    });
    expect(await outcomes()).toEqual(['pending']);
    await waiting.call(cancelUploadJob, { params: { folderUuid: folder, jobUuid } });
    expect(await outcomes()).toEqual(['cancelled']);
    expect(await outcomes({ outcomes: ['pending'] })).toEqual([]);
  });

  it('are cancelled where others of an all-or-nothing job failed', async () => {
    const folder = await newFolder(system);
    const manifest = { images: [...images(2), { objectUrl: signedUrl('bad') }] };
    const { uploadJobUuid } = await run(system, folder, integration, manifest, false);
    const units = await allUnits(system, folder, uploadJobUuid);
    expect(units.map(({ outcome }) => outcome)).toEqual(['cancelled', 'cancelled', 'error']);
  });
});

describe('the list of unit results', () => {
  it('refuses an unknown outcome, a page token of another list, a foreign folder and a stranger', async () => {
    const folder = await newFolder(system);
    const { uploadJobUuid: jobUuid } = await run(system, folder, integration, { images: images(1) });
    const params = { folderUuid: folder, jobUuid };
    expect(await system.call(listUnitResults, { params, query: { outcomes: ['done'] } })).toMatchObject({
      status: 400,
      body: { code: 'invalid_request', message: expect.stringContaining('outcomes') },
    });
    const pageToken = Buffer.from('unit-errors:3').toString('base64url');
    expect(await system.call(listUnitResults, { params, query: { pageToken } })).toMatchObject({
      status: 400,
      body: { code: 'invalid_page_token' },
    });
    const other = { folderUuid: await newFolder(system), jobUuid };
    expect(await system.call(listUnitResults, { params: other })).toMatchObject({
      status: 404,
      body: { code: 'upload_job_not_found' },
    });
    const as = await system.createUser();
    expect(await system.call(listUnitResults, { params, as })).toMatchObject({
      status: 403,
      body: { code: 'folder_not_found' },
    });
  });
});

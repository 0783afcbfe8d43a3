import { getFolder, getFolderSummary } from '@latchkey/contract/routes/folders';
import { deleteItems, listItems, searchItems } from '@latchkey/contract/routes/items';
import { getUploadJob } from '@latchkey/contract/routes/upload-jobs';
import { startTestSystem, type TestSystem } from '@latchkey/testkit/start-system';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { imageMetadata, newFolder, newIntegration, signedUrl, unitErrors } from './fixtures.js';
import { post, run, sql } from './registration-fixtures.js';
import { names, walk } from './storage-fixtures.js';

let system: TestSystem;
let integration: string;
beforeAll(async () => {
  system = await startTestSystem();
  system.startWorker();
  integration = await newIntegration(system, { strictClientOnly: true });
});
afterAll(() => system.close());

const dayMs = 24 * 3600 * 1000;
const now = Math.floor(Date.now() / 1000) * 1000;
const at = (days: number): Date => new Date(now + days * dayMs);
/** Signed so that it dies so many days from now; below 0: it is dead. */
function dying(key: string, days: number) {
  const date = new Date(at(days).getTime() - dayMs).toISOString().slice(0, 19).replace(/[-:]/g, '');
  return { objectUrl: signedUrl(key, 'ab12', `${date}Z`, 86_400), title: key, imageMetadata };
}
const plain = (key: string) => ({ objectUrl: `https://acme.example/${key}`, title: key, imageMetadata });

describe('a unit whose URL is dead when its job starts', () => {
  const units = [dying('dead', -1), dying('alive', 1), plain('plain')];

  it('is an error that says since when, without its signature', async () => {
    const folder = await newFolder(system);
    const job = await run(system, folder, integration, { images: units });
    expect(job).toMatchObject({ unitsDoneCount: 2, unitsErrorCount: 1, allowExpiredUrls: false });
    const [error] = await unitErrors(system, folder, job.uploadJobUuid);
    expect(error).toMatchObject({ code: 'url_expired', place: { element: 0, field: 'objectUrl' } });
    expect(error?.error).toBe(`The object URL expired at ${at(-1).toISOString()}.`);
    expect(JSON.stringify(error)).not.toContain('ab12');
  });

  it('holds back all others where all or nothing is asked', async () => {
    const folder = await newFolder(system);
    const job = await run(system, folder, integration, { images: units }, false);
    expect(job).toMatchObject({ status: 'ERROR', unitsDoneCount: 0, unitsErrorCount: 1 });
  });

  it.each([false, true])('is registered where the manifest allows it (ignore errors %s)', async (ignore) => {
    const folder = await newFolder(system);
    const job = await run(system, folder, integration, { images: units, allow_expired_urls: true }, ignore);
    expect(job).toMatchObject({ unitsDoneCount: 3, unitsErrorCount: 0, allowExpiredUrls: true });
  });

  it('is registered where the request allows it, for a manifest that cannot say so', async () => {
    const folder = await newFolder(system);
    const started = await post(system, folder, integration, JSON.stringify({ images: units }), {
      query: { allowExpiredUrls: true },
    });
    await system.drain();
    const params = { folderUuid: folder, jobUuid: String(started.body) };
    expect((await system.call(getUploadJob, { params })).body).toMatchObject({ unitsDoneCount: 3 });
  });

  it('is named by its field where it is a member of a group', async () => {
    const folder = await newFolder(system);
    const group = {
      title: 'group',
      objectUrl_0: dying('a', 1).objectUrl,
      imageMetadata_0: imageMetadata,
      objectUrl_1: dying('b', -1).objectUrl,
      imageMetadata_1: imageMetadata,
    };
    const job = await run(system, folder, integration, { image_groups: [group] });
    const [error] = await unitErrors(system, folder, job.uploadJobUuid);
    expect(error).toMatchObject({ code: 'url_expired', place: { field: 'objectUrl_1' } });
  });
});

describe('items by the time at which their URLs die', () => {
  let folder: string;
  let below: string;
  beforeAll(async () => {
    folder = await newFolder(system, 'Expiries');
    below = await newFolder(system, 'Below', folder);
    const images = [dying('dead', -3), dying('soon', 2), dying('later', 30), plain('plain')];
    await run(system, folder, integration, { images, allow_expired_urls: true });
    await run(system, below, integration, { images: [dying('dead-below', -2)], allow_expired_urls: true });
  });

  const list = async (query: Record<string, unknown>) => {
    const { status, body } = await system.call(listItems, { params: { folderUuid: folder }, query });
    expect(status).toBe(200);
    return body;
  };
  const before = (days: number) => ({ expiresBefore: at(days).toISOString() });
  const after = (days: number) => ({ expiresAfter: at(days).toISOString() });

  it.each([
    ['expired ones', () => before(0), ['dead']],
    ['expired ones, with what is below', () => ({ ...before(0), isRecursive: true }), ['dead', 'dead-below']],
    ['those that expire within a week', () => ({ ...after(0), ...before(7) }), ['soon']],
    ['those that live on', () => after(7), ['later']],
    ['none of a range that nothing is in', () => ({ ...after(3), ...before(29) }), []],
    ['those of a range whose name fits', () => ({ ...before(40), search: 'la' }), ['later']],
    ['none of another type', () => ({ ...before(0), itemTypes: ['video'] }), []],
  ])('lists %s', async (_case, query, expected) => {
    expect(names((await list(query())).results)).toEqual(expected);
  });

  it('lists those that are signed and do not say when they die, and counts none once they are deleted', async () => {
    const silent = (token: string) => ({
      objectUrl: `https://www.dropbox.com/scl/fi/abc/silent?rlkey=k&st=${token}`,
      title: 'silent',
      imageMetadata,
    });
    const oracle = {
      objectUrl: 'https://objectstorage.eu-frankfurt-1.oraclecloud.com/p/TOKEN/n/space/b/box/o/par',
      title: 'par',
      imageMetadata,
    };
    await run(system, folder, integration, { images: [silent('a'), oracle] });
    expect(names((await list({ expiryUnknown: true })).results)).toContain('par');
    expect(names((await list({ expiryUnknown: true })).results)).not.toContain('plain');
    const { body } = await system.call(listItems, {
      params: { folderUuid: folder },
      query: { expiryUnknown: true, ...before(0) },
    });
    expect(body).toMatchObject({ code: 'invalid_request', details: { field: 'expiryUnknown' } });
    const found = (await list({ expiryUnknown: true })).results;
    await system.call(deleteItems, {
      params: { folderUuid: folder },
      body: { childUuids: found.map(({ uuid }: { uuid: string }) => uuid) },
    });
    const rows = await sql<{ items: number }>(
      system,
      `SELECT count(*) AS items FROM folder_expiry_blocks WHERE folder_id = $1 AND expired_by = 'infinity'`,
      [folder],
    );
    expect(rows[0]?.items).toBe(0);
  });

  it('pages through them', async () => {
    const query = { ...before(40), isRecursive: true, pageSize: 1, order: 'createdAt', desc: true };
    const found = await walk((pageToken) => list({ ...query, ...(pageToken && { pageToken }) }));
    expect(found).toEqual(['dead-below', 'later', 'soon', 'dead']);
  });

  it('finds them everywhere without a name or a type', async () => {
    const { body } = await system.call(searchItems, { query: before(-2.5) });
    expect(names(body.results)).toContain('dead');
    expect(names(body.results)).not.toContain('dead-below');
  });

  it('refuses a moment that does not exist', async () => {
    const query = { expiresBefore: '2026-06-30T23:59:60Z' };
    const { status, body } = await system.call(listItems, { params: { folderUuid: folder }, query });
    expect({ status, code: body.code }).toEqual({ status: 400, code: 'invalid_request' });
  });

  it('counts them in the summary, and tells the earliest with the folder', async () => {
    const params = { folderUuid: folder };
    expect((await system.call(getFolderSummary, { params })).body).toMatchObject({
      files: 4,
      expiredItems: 1,
      itemsExpiringWithin7Days: 1,
    });
    const { earliestExpiry } = (await system.call(getFolder, { params })).body;
    const minute = 60_000;
    expect(Date.parse(earliestExpiry)).toBe(Math.ceil(at(-3).getTime() / minute) * minute);
  });
});

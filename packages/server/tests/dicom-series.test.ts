import { Readable } from 'node:stream';
import { getChildItems, listItems } from '@latchkey/contract/routes/items';
import { PartMemory } from '@latchkey/server/registration/part-memory';
import { preparePart } from '@latchkey/server/registration/prepare-part';
import { startTestSystem, type TestJson, type TestSystem } from '@latchkey/testkit/start-system';
import { stringify as uuidOf } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newFolder, newIntegration, signedUrl, unitErrors } from './fixtures.js';
import { allUnits, countRows, reconciles, run } from './registration-fixtures.js';

let system: TestSystem;
let integration: string;
let lenient: string;
beforeAll(async () => {
  system = await startTestSystem();
  integration = await newIntegration(system, { strictClientOnly: true });
  lenient = await newIntegration(system);
});
afterAll(() => system.close());

const later = '21260401T120000Z';

/** A file by its series and its name: `b2` is of the series b. */
const file = (name: string, date?: string) => ({
  url: signedUrl(`study/${name}`, 'ab12', date),
  dicomMetadata: {
    tags: {
      '00080018': { vr: 'UI', Value: [`1.2.${name.charCodeAt(0)}.${name.slice(1)}`] },
      '0020000D': { vr: 'UI', Value: ['9.1'] },
      '0020000E': { vr: 'UI', Value: [`9.1.${name.charCodeAt(0)}`] },
      '00280010': { vr: 'US', Value: [512] },
      '00280011': { vr: 'US', Value: [256] },
    },
  },
});
const exam = (names: string, title: string | null = 'exam', date?: string) => ({
  ...(title !== null && { title }),
  dicomFiles: names.split(' ').map((name) => file(name, date)),
});
const manifest = (...elements: object[]) => ({ dicom_series: elements, skip_duplicate_urls: true });

const itemsOf = async (folderUuid: string): Promise<TestJson[]> =>
  (await system.call(listItems, { params: { folderUuid } })).body.results;
async function filesOf(folderUuid: string, itemUuid: string): Promise<string[]> {
  const { body } = await system.call(getChildItems, { params: { folderUuid, itemUuid }, query: {} });
  return body.results.map(({ name }: TestJson) => name.split('/').at(-1));
}

describe('an element with the files of several DICOM series', () => {
  it('is one unit and one item for each series, with its files in their order', async () => {
    const folder = await newFolder(system);
    const job = await run(
      system,
      folder,
      integration,
      manifest(exam('a1 b1 a2 c1 b2'), exam('d1 d2', 'other')),
    );
    expect(job).toMatchObject({ status: 'DONE', unitsTotalCount: 2, unitsDoneCount: 2, unitsErrorCount: 0 });
    expect(reconciles(job)).toBe(true);
    const items = await itemsOf(folder);
    const found = await Promise.all(
      items.map(async ({ uuid, name, itemType, frameCount }) => [
        name,
        itemType,
        frameCount,
        await filesOf(folder, uuid),
      ]),
    );
    expect(found.sort()).toEqual([
      ['exam, series 1', 'dicomSeries', 2, ['a1', 'a2']],
      ['exam, series 2', 'dicomSeries', 2, ['b1', 'b2']],
      ['exam, series 3', 'dicomSeries', 1, ['c1']],
      ['other', 'dicomSeries', 2, ['d1', 'd2']],
    ]);
    expect(new Set(items.map(({ dicomSeriesUid }) => dicomSeriesUid)).size).toBe(4);
  });

  it('has all its items in the results of its unit and in the answer of the long poll', async () => {
    const folder = await newFolder(system);
    const job = await run(system, folder, integration, manifest(exam('a1 b1 c1'), exam('d1', 'other')));
    const uuids = new Map((await itemsOf(folder)).map(({ name, uuid }) => [name, uuid]));
    const [first, second] = await allUnits(system, folder, job.uploadJobUuid);
    expect(first).toMatchObject({
      outcome: 'created',
      itemUuid: uuids.get('exam, series 1'),
      title: 'exam, series 1',
      furtherItems: [
        { itemUuid: uuids.get('exam, series 2'), title: 'exam, series 2' },
        { itemUuid: uuids.get('exam, series 3'), title: 'exam, series 3' },
      ],
    });
    expect(second).toMatchObject({ itemUuid: uuids.get('other'), title: 'other' });
    expect(second).not.toHaveProperty('furtherItems');
    expect(job.itemsWithNames).toEqual(
      ['exam, series 1', 'exam, series 2', 'exam, series 3', 'other'].map((name) => ({
        itemUuid: uuids.get(name),
        name,
      })),
    );
  });

  it('names the series by their first files if it has no title', async () => {
    const folder = await newFolder(system);
    await run(system, folder, integration, manifest(exam('a1 b1 b2', null)));
    const names = (await itemsOf(folder)).map(({ name }) => name);
    expect(names.sort()).toEqual(['study/a1', 'study/b1']);
  });

  it('is known again, with each series by itself, and only what is new is registered', async () => {
    const folder = await newFolder(system);
    const first = await run(system, folder, integration, manifest(exam('a1 b1')));
    const again = await run(system, folder, integration, manifest(exam('a1 b1')));
    expect(again).toMatchObject({ unitsDoneCount: 0, unitsSkippedCount: 1, unitsRenewedCount: 0 });
    const more = await run(system, folder, integration, manifest(exam('a1 b1 c1'), exam('b1', 'alone')));
    expect(more).toMatchObject({ unitsDoneCount: 1, unitsSkippedCount: 1 });
    const ids = first.itemsWithNames.map(({ itemUuid }: TestJson) => itemUuid);
    const [mixed, alone] = await allUnits(system, folder, more.uploadJobUuid);
    expect(mixed).toMatchObject({
      outcome: 'created',
      itemUuid: ids[0],
      furtherItems: [{ itemUuid: ids[1] }, { title: 'exam, series 3' }],
    });
    expect(alone).toMatchObject({ outcome: 'skipped', itemUuid: ids[1] });
    expect(await countRows(system, 'items', `folder_id = '${folder}'`)).toBe(3);
  });

  it('knows a series that stands twice in the manifest', async () => {
    const folder = await newFolder(system);
    const job = await run(system, folder, integration, manifest(exam('a1 b1'), exam('b1', 'twice')));
    expect(job).toMatchObject({ unitsDoneCount: 1, unitsSkippedCount: 1 });
    const [both, twice] = await allUnits(system, folder, job.uploadJobUuid);
    expect(twice?.itemUuid).toBe(both?.furtherItems?.[0]?.itemUuid);
    expect(await countRows(system, 'items', `folder_id = '${folder}'`)).toBe(2);
  });

  it('gets newer signatures for each series and its files', async () => {
    const folder = await newFolder(system);
    await run(system, folder, integration, manifest(exam('a1 b1')));
    const job = await run(system, folder, integration, manifest(exam('a1 b1', 'exam', later)));
    expect(job).toMatchObject({ unitsDoneCount: 0, unitsSkippedCount: 1, unitsRenewedCount: 1 });
    const mine = `folder_id = '${folder}'`;
    const isLater = `expires_at > '2126-04-02'`;
    expect(await countRows(system, 'items', `${mine} AND ${isLater}`)).toBe(2);
    expect(
      await countRows(
        system,
        'item_members',
        `item_id IN (SELECT id FROM items WHERE ${mine}) AND ${isLater}`,
      ),
    ).toBe(2);
  });

  it('is registered with all or nothing, and leaves nothing beside a unit that fails', async () => {
    const folder = await newFolder(system);
    const bad = { title: 'bad', dicomFiles: [{ url: 'not a url' }] };
    const failed = await run(system, folder, integration, manifest(exam('a1 b1'), bad), false);
    expect(failed).toMatchObject({ status: 'ERROR', unitsDoneCount: 0, unitsErrorCount: 1 });
    expect(await itemsOf(folder)).toEqual([]);
    const job = await run(system, folder, integration, manifest(exam('a1 b1 c1')), false);
    expect(job).toMatchObject({ status: 'DONE', unitsTotalCount: 1, unitsDoneCount: 1 });
    expect(job.itemsWithNames).toHaveLength(3);
  });

  it('is refused where a file does not say of which series it is', async () => {
    const folder = await newFolder(system);
    const element = {
      ...exam('a1 b1'),
      dicomFiles: [...exam('a1 b1').dicomFiles, { url: signedUrl('study/x') }],
    };
    const job = await run(
      system,
      folder,
      lenient,
      manifest(element, { dicomFiles: [file('e1'), { url: signedUrl('e2') }] }),
    );
    expect(job).toMatchObject({ unitsDoneCount: 1, unitsErrorCount: 1 });
    expect(await unitErrors(system, folder, job.uploadJobUuid)).toMatchObject([
      { code: 'dicom_series_mixed', objectUrls: ['https://acme.s3.eu-west-2.amazonaws.com/study/x'] },
    ]);
  });

  it('gets the same ids whenever its part is read', async () => {
    const { spool, secretKeys } = system.context;
    const body = JSON.stringify(exam('a1 b1 c1'));
    const spoolKey = '019aa0f0-1234-7abc-8def-0123456789ab.manifest';
    await spool.write(spoolKey, Readable.from([Buffer.from(body)]));
    const part = {
      part: 0,
      firstPosition: 70_000,
      kind: 'dicomSeries',
      firstElement: 0,
      unitCount: 1,
      byteStart: 0,
      byteEnd: body.length,
      firstLine: 1,
      firstColumn: 1,
    };
    const owner = {
      jobId: '019aa0f0-1234-7abc-8def-0123456789ab',
      folderId: integration,
      integrationId: integration,
      createdBy: integration,
    };
    const rules = { strict: true, allowedHosts: [] };
    const task = { spoolKey, part, csvColumns: null, rules, owner, surveys: false, measures: false };
    const decide = (): never => expect.unreachable('there is nothing to decide');
    const idsOf = async () => {
      const { rows } = await preparePart(spool, secretKeys, task, decide, new PartMemory());
      const { bytes, ends } = rows.items;
      // The id is the first value of a row, behind the column count and its own length.
      return [0, ...ends.slice(0, -1)].map((start) => uuidOf(bytes.slice(start + 6, start + 22)));
    };
    const ids = await idsOf();
    expect(ids[0]).toBe('019aa0f0-1234-7abc-8def-012300011170');
    for (const id of ids) expect(id).toMatch(/^019aa0f0-1234-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(new Set(ids).size).toBe(3);
    expect(await idsOf()).toEqual(ids);
  });
});

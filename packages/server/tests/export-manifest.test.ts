import { readFileSync } from 'node:fs';
import { exportItems } from '@latchkey/contract/routes/exports';
import { deleteItems, listItems } from '@latchkey/contract/routes/items';
import type { UnitsByKind } from '@latchkey/manifest/write/unit-json';
import { writeNdjsonManifest } from '@latchkey/manifest/write/write-ndjson';
import { startTestSystem, type TestJson, type TestSystem } from '@latchkey/testkit/start-system';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { randomUnit } from '../../manifest/tests/random-units.js';
import { contentsOf, exported, linesOf, reportOf } from './export-fixtures.js';
import { imageMetadata, images, jobResult, newFolder, newIntegration, signedUrl } from './fixtures.js';
import { post, run } from './registration-fixtures.js';

const forms = [
  ['manifest-json', 'application/json'],
  ['manifest-ndjson', 'application/x-ndjson'],
  ['manifest-csv', 'text/csv'],
] as const;

let system: TestSystem;
let integration: string;
beforeAll(async () => {
  system = await startTestSystem();
  integration = await newIntegration(system);
});
afterAll(() => system.close());

/** Registers a text in a new folder; answers the folder. */
async function register(text: string, contentType: string): Promise<string> {
  const folder = await newFolder(system);
  const started = await post(system, folder, integration, text, { headers: { 'content-type': contentType } });
  expect(await jobResult(system, folder, started.body)).toMatchObject({ unitsErrorCount: 0, warnings: [] });
  return folder;
}

/** The example of every kind, whose groups name images that are there. */
async function everyKind(): Promise<string> {
  const folder = await newFolder(system);
  await run(system, folder, integration, { images: images(2) });
  const { body } = await system.call(listItems, { params: { folderUuid: folder } });
  const text = readFileSync(
    new URL('../../../docs/examples/all-kinds.ndjson', import.meta.url),
    'utf8',
  ).replaceAll('?', '?X-Amz-Signature=1&');
  return body.results.reduce(
    (all: string, { uuid }: TestJson, index: number) =>
      all.replaceAll(`00000000-0000-7000-8000-00000000000${index + 1}`, uuid),
    text,
  );
}

/** The data group of the manifest, with its items by names that the database puts in another order. */
function namedGroup(manifest: string): string {
  const group = linesOf(manifest).find(({ type }) => type === 'data_group') ?? {};
  const [front, back] = group['layoutContents'];
  return `${JSON.stringify({ ...group, layoutContents: { right: back, left: front, again: back } })}\n`;
}

async function randomManifest(): Promise<string> {
  const units = fc
    .sample(randomUnit, { numRuns: 300, seed: 7 })
    .filter(({ references }) => references.length === 0);
  const kinds = new Set(units.map(({ kind }) => kind));
  const byKind: UnitsByKind = Object.fromEntries(
    [...kinds].map((kind) => [kind, units.filter((unit) => unit.kind === kind)]),
  );
  let text = '';
  for await (const piece of writeNdjsonManifest(byKind)) text += piece;
  return text;
}

describe('a manifest that is exported', () => {
  let kinds: string;
  let random: string;
  beforeAll(async () => {
    kinds = await register(await everyKind(), 'application/x-ndjson');
    random = await register(await randomManifest(), 'application/x-ndjson');
  });

  it.each(forms)('as %s registers to the same items, of every kind', async (format, contentType) => {
    for (const folder of [kinds, random]) {
      const { text, headers } = await exported(system, folder, { format, withSignatures: true });
      expect(headers.get('content-type')).toBe(`${contentType}; charset=utf-8`);
      const before = await contentsOf(system, folder);
      expect(before.length).toBeGreaterThan(10);
      expect(await contentsOf(system, await register(text, contentType))).toEqual(before);
      expect(await reportOf(system, { headers })).toMatchObject({ status: 'DONE', leftOut: [] });
    }
  });
});

describe('a manifest that is exported and registered again where it came from', () => {
  it.each(forms)('as %s makes nothing a second time', async (format, contentType) => {
    const manifest = await everyKind();
    const folder = await register(manifest + namedGroup(manifest), 'application/x-ndjson');
    const { text } = await exported(system, folder, { format, withSignatures: true });
    const started = await post(system, folder, integration, text, {
      headers: { 'content-type': contentType },
      query: { skipDuplicateUrls: true },
    });
    const units = (await contentsOf(system, folder)).length;
    expect(await jobResult(system, folder, started.body)).toMatchObject({
      unitsDoneCount: 0,
      unitsSkippedCount: units,
      unitsErrorCount: 0,
    });
  });
});

describe('an export', () => {
  const url = `${signedUrl('a/b.jpg', 'ffeedd')}&versionId=3`;
  const image = (title: string, objectUrl: string) => ({ title, objectUrl, imageMetadata });

  it('without signatures lists the URLs without what signs them, with what selects the object', async () => {
    const folder = await newFolder(system);
    await run(system, folder, integration, { images: [image('a', url)] });
    const { text, headers } = await exported(system, folder, { format: 'manifest-ndjson' });
    expect(linesOf(text)).toEqual([
      {
        type: 'image',
        objectUrl: 'https://acme.s3.eu-west-2.amazonaws.com/a/b.jpg?versionId=3',
        title: 'a',
        imageMetadata,
      },
    ]);
    expect(await reportOf(system, { headers })).toMatchObject({ itemsCount: 1, urlsCount: 0 });
  });

  it('takes the filters of the list, and the folders below when asked', async () => {
    const folder = await newFolder(system);
    const below = await newFolder(system, 'below', folder);
    const soon = signedUrl('soon', 'ab', '21260301T120000Z', 60);
    await run(system, folder, integration, { images: [image('cat 1', url), image('dog', url)] });
    await run(system, below, integration, { images: [image('cat 2', soon)] });
    const titles = async (query: object) =>
      linesOf((await exported(system, folder, { format: 'items', ...query })).text).map(({ name }) => name);
    expect(await titles({})).toEqual(['cat 1', 'dog']);
    expect(await titles({ isRecursive: true, search: 'cat' })).toEqual(['cat 1', 'cat 2']);
    const expiresBefore = '2126-03-01T12:01:01Z';
    expect(await titles({ isRecursive: true, expiresBefore })).toEqual(['cat 2']);
    expect(await titles({ itemTypes: ['video'] })).toEqual([]);
  });

  it('of chosen items has them in the order of the request', async () => {
    const folder = await newFolder(system);
    await run(system, folder, integration, { images: [image('a', url), image('b', url), image('c', url)] });
    const { body } = await system.call(listItems, { params: { folderUuid: folder } });
    const [a, , c] = body.results.map(({ uuid }: TestJson) => uuid);
    const chosen = { format: 'items', itemUuids: [c, a, c] } as const;
    const answer = await system.call(exportItems, { body: chosen });
    expect(linesOf(answer.body).map(({ name }) => name)).toEqual(['c', 'a']);
    const stranger = await system.createUser();
    expect(await system.call(exportItems, { body: chosen, as: stranger })).toMatchObject({
      status: 403,
      body: { code: 'item_not_found' },
    });
  });

  it('leaves out a group whose items are gone, and shows what is left of another as a grid', async () => {
    const folder = await newFolder(system);
    const groups = await newFolder(system);
    await run(system, folder, integration, { images: [image('a', url), image('b', url)] });
    const { body } = await system.call(listItems, { params: { folderUuid: folder } });
    const [a, b] = body.results.map(({ uuid }: TestJson) => uuid);
    const tree = {
      direction: 'row',
      first: { type: 'data_unit', key: 'x' },
      second: { type: 'data_unit', key: 'y' },
    };
    await run(system, groups, integration, {
      data_groups: [
        { title: 'both', layoutContents: { x: a, y: b }, layout: tree },
        { title: 'one', layoutContents: [b] },
      ],
    });
    await system.call(deleteItems, { params: { folderUuid: folder }, body: { childUuids: [b] } });
    const { text, headers } = await exported(system, groups, { format: 'manifest-ndjson' });
    expect(linesOf(text)).toEqual([
      { type: 'data_group', title: 'both', layout: 'default-grid', layoutContents: { x: a } },
    ]);
    expect((await reportOf(system, { headers })).leftOut).toEqual([
      { itemType: 'group', reason: 'members_gone', count: 1 },
    ]);
  });
});

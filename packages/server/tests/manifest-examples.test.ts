import { readdirSync, readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { unitKindNames } from '@latchkey/contract/kinds';
import { toManifestSchema } from '@latchkey/contract/manifest-schema';
import { listItems } from '@latchkey/contract/routes/items';
import { checkManifest } from '@latchkey/manifest/check-manifest';
import { startTestSystem, type TestJson, type TestSystem } from '@latchkey/testkit/start-system';
import { Compile } from 'typebox/compile';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { imageMetadata, jobResult, newFolder, newIntegration, signedUrl } from './fixtures.js';
import { post, run } from './registration-fixtures.js';

const directory = new URL('../../../docs/examples/', import.meta.url);
const examples = readdirSync(directory);
const contentTypes: Readonly<Record<string, string>> = {
  json: 'application/json',
  ndjson: 'application/x-ndjson',
  csv: 'text/csv',
};
const textOf = (name: string): string => readFileSync(new URL(name, directory), 'utf8');
const placeholders = ['00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-000000000002'];

let system: TestSystem;
/** Of the images that the examples of groups name. */
let imageUuids: string[];
beforeAll(async () => {
  system = await startTestSystem();
  const folder = await newFolder(system, 'images');
  const images = placeholders.map((uuid) => ({ objectUrl: signedUrl(`${uuid}.jpg`), imageMetadata }));
  await run(system, folder, await newIntegration(system), { images });
  const { body } = await system.call(listItems, { params: { folderUuid: folder } });
  imageUuids = body.results.map(({ uuid }: TestJson) => uuid);
});
/** With items that are there. */
const exampleOf = (name: string): string =>
  placeholders.reduce(
    (text, placeholder, index) => text.replaceAll(placeholder, imageUuids[index] ?? ''),
    textOf(name),
  );
afterAll(() => system.close());

describe('an example of the documentation', () => {
  it.each(examples)('%s registers under strict client-only access, without a warning', async (name) => {
    const folder = await newFolder(system, name);
    const integration = await newIntegration(system, { strictClientOnly: true });
    const headers = { 'content-type': contentTypes[name.split('.').at(-1) ?? ''] ?? '' };
    const started = await post(system, folder, integration, exampleOf(name), { headers });
    expect(started.body).toMatch(/^[0-9a-f-]{36}$/);
    await system.drain();
    const job = await jobResult(system, folder, started.body);
    expect(job).toMatchObject({ status: 'DONE', unitsErrorCount: 0, warnings: [] });
    const { body } = await system.call(listItems, { params: { folderUuid: folder } });
    expect(body.results).toHaveLength(job.unitsTotalCount);
    for (const item of body.results as TestJson[]) expect(item.metadataSource).toBe('manifest');
  });

  it.each(examples.filter((name) => name.endsWith('.json')))('%s follows the JSON Schema', (name) => {
    expect([...Compile(toManifestSchema()).Errors(JSON.parse(textOf(name)))]).toEqual([]);
  });
});

describe('the examples', () => {
  const formOf = (name: string) =>
    name.endsWith('.csv') ? 'csv' : name.endsWith('.ndjson') ? 'ndjson' : 'manifest';
  const kindsOf = async (names: readonly string[]): Promise<string[]> => {
    const kinds = new Set<string>();
    for (const name of names) {
      const stream = Readable.from([Buffer.from(textOf(name))]) as AsyncIterable<Uint8Array>;
      const { unitsByKind } = await checkManifest(
        stream,
        { strict: true, allowedHosts: [] },
        { form: formOf(name) },
      );
      for (const kind of Object.keys(unitsByKind)) kinds.add(kind);
    }
    return [...kinds].sort();
  };

  it.each(['manifest', 'ndjson', 'csv'])('cover each kind as %s', async (form) => {
    expect(await kindsOf(examples.filter((name) => formOf(name) === form))).toEqual(
      [...unitKindNames].sort(),
    );
  });
});

describe('the JSON Schema', () => {
  const schema = Compile(toManifestSchema());
  const url = 'https://a.example/1';
  const video = { fps: 1, duration: 1, width: 1, height: 1, file_size: 1, mime_type: 'video/mp4' };

  it.each([
    { videos: [{ objectUrl: url, videoMetadata: video }] },
    { images: [{ object_url: url, client_metadata: { a: 1 } }], skipDuplicateUrls: true },
    { image_groups: [{ title: 'g', objectUrl_0: url, objectUrl_1: url }] },
    {
      data_groups: [
        { layout_contents: { left: placeholders[0] }, layout: { type: 'data_unit', key: 'left' } },
      ],
    },
  ])('takes %j', (manifest) => {
    expect(schema.Check(manifest)).toBe(true);
  });

  it.each([
    { pictures: [] },
    { images: {} },
    { images: [{ title: 'no URL' }] },
    { images: [{ objectUrl: 'a b' }] },
    { videos: [{ objectUrl: url, videoMetadata: { ...video, fps: 'fast' } }] },
    { videos: [{ objectUrl: url, videoMetadata: { fps: 1 } }] },
    { image_groups: [{ images: [] }] },
    { skip_duplicate_urls: 'yes' },
    { data_groups: [{ layoutContents: [] }] },
    { data_groups: [{ layoutContents: placeholders, layout: 'mosaic' }] },
    { image_groups_from_items: [{ title: 'g' }] },
  ])('refuses %j', (manifest) => {
    expect(schema.Check(manifest)).toBe(false);
  });
});

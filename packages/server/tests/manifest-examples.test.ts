import { readdirSync, readFileSync } from 'node:fs';
import { toManifestSchema } from '@latchkey/contract/manifest-schema';
import { listItems } from '@latchkey/contract/routes/items';
import { startTestSystem, type TestJson, type TestSystem } from '@latchkey/testkit/start-system';
import { Compile } from 'typebox/compile';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { jobResult, newFolder, newIntegration } from './fixtures.js';
import { post } from './registration-fixtures.js';

const directory = new URL('../../../docs/examples/', import.meta.url);
const examples = readdirSync(directory);
const contentTypes: Readonly<Record<string, string>> = {
  json: 'application/json',
  ndjson: 'application/x-ndjson',
  csv: 'text/csv',
};
const textOf = (name: string): string => readFileSync(new URL(name, directory), 'utf8');

let system: TestSystem;
beforeAll(async () => {
  system = await startTestSystem();
});
afterAll(() => system.close());

describe('an example of the documentation', () => {
  it.each(examples)('%s registers under strict client-only access, without a warning', async (name) => {
    const folder = await newFolder(system, name);
    const integration = await newIntegration(system, { strictClientOnly: true });
    const headers = { 'content-type': contentTypes[name.split('.').at(-1) ?? ''] ?? '' };
    const started = await post(system, folder, integration, textOf(name), { headers });
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

describe('the JSON Schema', () => {
  const schema = Compile(toManifestSchema());
  const url = 'https://a.example/1';
  const video = { fps: 1, duration: 1, width: 1, height: 1, file_size: 1, mime_type: 'video/mp4' };

  it.each([
    { videos: [{ objectUrl: url, videoMetadata: video }] },
    { images: [{ object_url: url, client_metadata: { a: 1 } }], skipDuplicateUrls: true },
    { image_groups: [{ title: 'g', objectUrl_0: url, objectUrl_1: url }] },
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
  ])('refuses %j', (manifest) => {
    expect(schema.Check(manifest)).toBe(false);
  });
});

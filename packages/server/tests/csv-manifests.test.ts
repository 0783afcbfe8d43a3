import { listItems } from '@latchkey/contract/routes/items';
import { downloadFailedUnits } from '@latchkey/contract/routes/upload-jobs';
import { requestPath } from '@latchkey/sdk/request-url';
import { startTestSystem, type TestJson, type TestSystem } from '@latchkey/testkit/start-system';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { jobResult, newFolder, newIntegration, signedUrl, unitErrors } from './fixtures.js';
import { countRows, post } from './registration-fixtures.js';

let system: TestSystem;
let integration: string;
beforeAll(async () => {
  system = await startTestSystem();
  integration = await newIntegration(system, { strictClientOnly: true });
});
afterAll(() => system.close());

const headings =
  'Type,ObjectURL,Title,width,height,fps,duration,fileSize,mimeType,sampleRate,bitDepth,codec,numChannels,numPages,meta.site';
const everyKind = [
  headings,
  `video,${signedUrl('v.mp4')},a film,640,480,25,2.5,10,video/mp4,,,,,,north`,
  `image,${signedUrl('i.png')},an image,4,3,,,10,image/png,,,,,,7`,
  `audio,${signedUrl('a.mp3')},a song,,,,2.5,10,audio/mp3,44100,16,mp3,2,,`,
  `text,${signedUrl('t.txt')},a text,,,,,10,text/plain,,,,,,`,
  `pdf,${signedUrl('p.pdf')},a paper,,,,,10,,,,,,3,`,
  `image group,${signedUrl('g0.png')},a group,4,3,,,10,image/png,,,,,,`,
  `image group,${signedUrl('g1.png')},a group,4,3,,,10,image/png,,,,,,`,
].join('\r\n');

async function register(folder: string, csv: string, query: Record<string, unknown> = {}): Promise<TestJson> {
  const { body, status } = await post(system, folder, integration, csv, {
    query,
    headers: { 'content-type': 'text/csv' },
  });
  expect(status).toBe(200);
  await system.drain();
  return jobResult(system, folder, body);
}
const itemsOf = async (folderUuid: string): Promise<TestJson[]> =>
  (await system.call(listItems, { params: { folderUuid } })).body.results;

it('registers each kind of a CSV under strict client-only access, and skips what is known', async () => {
  const folder = await newFolder(system);
  expect(await register(folder, everyKind)).toMatchObject({
    status: 'DONE',
    unitsDoneCount: 6,
    unitsErrorCount: 0,
  });
  const items = new Map((await itemsOf(folder)).map((item) => [item.name, item]));
  expect(items.get('a film')).toMatchObject({
    itemType: 'video',
    fps: 25,
    clientMetadata: expect.stringContaining('north'),
  });
  expect(items.get('an image')).toMatchObject({ itemType: 'image', width: 4, fileSize: 10 });
  expect(JSON.parse(items.get('an image').clientMetadata)).toEqual({ site: 7 });
  expect(items.get('a song')).toMatchObject({ itemType: 'audio', audioSampleRate: 44100, audioCodec: 'mp3' });
  expect(items.get('a text')).toMatchObject({ itemType: 'plainText', mimeType: 'text/plain' });
  expect(items.get('a paper')).toMatchObject({ itemType: 'pdf', numPages: 3 });
  expect(items.get('a group')).toMatchObject({ itemType: 'imageGroup', frameCount: 2 });
  const again = await register(folder, everyKind, { skipDuplicateUrls: true });
  expect(again).toMatchObject({ skipDuplicateUrls: true, unitsDoneCount: 0, unitsSkippedCount: 6 });
  expect(await countRows(system, 'items', `folder_id = '${folder}'`)).toBe(6);
});

it('names failed cells by line and column, and gives them back as a CSV that registers once it is mended', async () => {
  const folder = await newFolder(system);
  const bad = `image,${signedUrl('b.png')},bad,wide,3,,,10,image/png,,,,,,north`;
  const long = `image,${signedUrl('l.png')},long,4,3,,,10,image/png,,,,,,,more`;
  const job = await register(folder, [headings, '', bad, long, everyKind.split('\r\n')[2]].join('\n'));
  expect(job).toMatchObject({ unitsDoneCount: 1, unitsErrorCount: 2 });
  const errors = await unitErrors(system, folder, job.uploadJobUuid);
  expect(errors.map(({ place, code }) => [place.line, place.column, place.field, code])).toEqual([
    [3, 4, 'imageMetadata.width', 'media_metadata_invalid'],
    [4, null, null, 'unit_malformed'],
  ]);
  expect(JSON.stringify(errors)).not.toContain('X-Amz-Signature');
  const path = requestPath(downloadFailedUnits.path, { folderUuid: folder, jobUuid: job.uploadJobUuid });
  const answer = await fetch(system.baseUrl + path, {
    headers: { authorization: `Bearer ${system.admin.token}` },
  });
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': `attachment; filename="failed-units-${job.uploadJobUuid}.csv"`,
  });
  const failed = await answer.text();
  expect(failed).not.toContain('an image');
  expect(failed).toContain(signedUrl('b.png'));
  expect(await register(folder, failed)).toMatchObject({ unitsDoneCount: 0, unitsErrorCount: 2 });
  const mended = failed.replace('wide', '4').replace(',more', '');
  expect(await register(folder, mended)).toMatchObject({ unitsDoneCount: 2, unitsErrorCount: 0 });
  const items = await itemsOf(folder);
  expect(items.map(({ name }) => name).sort()).toEqual(['an image', 'bad', 'long']);
  expect(items.find(({ name }) => name === 'bad')?.clientMetadata).toBe('{"site": "north"}');
});

it.each([
  ['title,width\na,1\n', 'must name the columns'],
  ['ObjectURL,Title\n"https://a.example/1', 'never closed'],
])('refuses %j and keeps nothing', async (csv, message) => {
  const folder = await newFolder(system);
  const answer = await post(system, folder, integration, csv, { headers: { 'content-type': 'text/csv' } });
  expect(answer).toMatchObject({
    status: 400,
    body: { code: 'not_a_manifest', message: expect.stringContaining(message) },
  });
  expect(await countRows(system, 'upload_jobs', `folder_id = '${folder}'`)).toBe(0);
});

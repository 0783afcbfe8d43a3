import { downloadUnitErrors, downloadUnitErrorsNdjson } from '@latchkey/contract/routes/upload-jobs';
import { startTestSystem, type TestJson, type TestSystem } from '@latchkey/testkit/start-system';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { images, newFolder, newIntegration, signedUrl, unitErrors } from './fixtures.js';
import { reconciles, run } from './registration-fixtures.js';

let system: TestSystem;
let integration: string;
beforeAll(async () => {
  system = await startTestSystem();
  integration = await newIntegration(system, { strictClientOnly: true });
});
afterAll(() => system.close());

/** Fields of RFC 4180 text. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [[]];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    rows.at(-1)?.push(quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"'));
    if (end === '\r\n') rows.push([]);
  }
  return rows.slice(0, -1);
}

const toRow = ({ place, code, error, hint, title, objectUrls }: TestJson): string[] =>
  [
    place.kind,
    place.element,
    place.line,
    place.column,
    place.field,
    code,
    error,
    hint,
    title,
    objectUrls[0],
  ].map((value) => String(value ?? ''));

describe('the downloads of unit errors', () => {
  it('hold what the paged list holds, as CSV and as NDJSON', async () => {
    const folder = await newFolder(system);
    const manifest = {
      images: [
        { objectUrl: signedUrl('a'), title: 'says "hello", and\r\nmore' },
        ...images(1),
        { objectUrl: `${signedUrl('b')} `, title: 'größe 🙂' },
        7,
      ],
      videos: [{ objectUrl: signedUrl('c'), title: 'x'.repeat(301) }],
    };
    const { uploadJobUuid: jobUuid } = await run(system, folder, integration, manifest);
    const listed = await unitErrors(system, folder, jobUuid);
    expect(listed).toHaveLength(4);
    const params = { folderUuid: folder, jobUuid };
    const csv = await system.call(downloadUnitErrors, { params });
    const [head, ...rows] = parseCsv(csv.body);
    expect(head).toEqual('kind,element,line,column,field,code,message,hint,title,url'.split(','));
    expect(rows).toEqual(listed.map(toRow));
    const ndjson = await system.call(downloadUnitErrorsNdjson, { params });
    expect(ndjson.body.endsWith('\n')).toBe(true);
    expect(
      ndjson.body
        .trimEnd()
        .split('\n')
        .map((line: string) => JSON.parse(line)),
    ).toEqual(listed);
    for (const { body } of [csv, ndjson]) expect(body).not.toContain('X-Amz-Signature');
  });

  it('hold all of several thousands, once each', async () => {
    const folder = await newFolder(system);
    const manifest = { images: Array.from({ length: 4500 }, (_, index) => ({ objectUrl: `bad ${index}` })) };
    const job = await run(system, folder, integration, manifest);
    expect(job).toMatchObject({ unitsErrorCount: 4500 });
    expect(reconciles(job)).toBe(true);
    const params = { folderUuid: folder, jobUuid: job.uploadJobUuid };
    const csv = await system.call(downloadUnitErrors, { params });
    expect(
      parseCsv(csv.body)
        .slice(1)
        .map(([, element]) => Number(element)),
    ).toEqual(manifest.images.map((_, index) => index));
    const ndjson = await system.call(downloadUnitErrorsNdjson, { params });
    expect(ndjson.body.split('\n')).toHaveLength(4501);
  });

  it('are empty but for the header when no unit failed', async () => {
    const folder = await newFolder(system);
    const { uploadJobUuid: jobUuid } = await run(system, folder, integration, { images: images(1) });
    const params = { folderUuid: folder, jobUuid };
    expect((await system.call(downloadUnitErrors, { params })).body).toMatch(/^kind,[a-z,]+url\r\n$/);
    expect(await system.call(downloadUnitErrorsNdjson, { params })).toEqual({ status: 200, body: '' });
  });

  it.each([
    ['CSV', downloadUnitErrors],
    ['NDJSON', downloadUnitErrorsNdjson],
  ])('are refused as %s to a stranger and for a job of another folder', async (_name, route) => {
    const folder = await newFolder(system);
    const { uploadJobUuid: jobUuid } = await run(system, folder, integration, { images: images(1) });
    const as = await system.createUser();
    expect(await system.call(route, { params: { folderUuid: folder, jobUuid }, as })).toMatchObject({
      status: 403,
      body: { code: 'folder_not_found' },
    });
    const folderUuid = await newFolder(system);
    expect(await system.call(route, { params: { folderUuid, jobUuid } })).toMatchObject({
      status: 404,
      body: { code: 'upload_job_not_found' },
    });
  });

  it('mark what a spreadsheet would take for a formula', async () => {
    const folder = await newFolder(system);
    const { uploadJobUuid: jobUuid } = await run(system, folder, integration, {
      images: [{ objectUrl: 'x y', title: '=HYPERLINK("https://evil.example")' }],
    });
    const csv = await system.call(downloadUnitErrors, { params: { folderUuid: folder, jobUuid } });
    expect(parseCsv(csv.body)[1]?.[8]).toBe(`'=HYPERLINK("https://evil.example")`);
  });
});

import { downloadFailedUnits, startUploadJob } from '@latchkey/contract/routes/upload-jobs';
import { cleanUp } from '@latchkey/server/registration/maintenance';
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
import { post, run, sql } from './registration-fixtures.js';
import { auditOf } from './storage-fixtures.js';

let system: TestSystem;
let integration: string;
beforeAll(async () => {
  system = await startTestSystem();
  integration = await newIntegration(system, { strictClientOnly: true });
});
afterAll(() => system.close());

const ndjson = { headers: { 'content-type': 'application/x-ndjson' } };

async function failedUnits(folderUuid: string, jobUuid: string, query = {}): Promise<TestJson> {
  const { status, body } = await system.call(downloadFailedUnits, { params: { folderUuid, jobUuid }, query });
  expect(status).toBe(200);
  return body;
}

/** Spacing, escapes and numbers that a parse and a print would not give back. */
const odd = (key: string): string =>
  `{ "objectUrl":"${signedUrl(key, 'feedface')}&x=\\u00fc","title" : "t\\/\\u0041",\n\t"clientMetadata": {"n": 1.0e2}}`;
const good = JSON.stringify(images(1)[0]);
const bytesOf = (manifest: TestJson): string => JSON.stringify(manifest);

describe('the manifest of failed units', () => {
  it('holds them byte for byte, by kind, with the flags, and registers once it is corrected', async () => {
    const folder = await newFolder(system);
    const text = `{"images": [${good}, ${odd('a')}], "skip_duplicate_urls": true,
      "videos": [${odd('v')}], "image": [${odd('b')}, ${good}]}`;
    const job = await run(system, folder, integration, text);
    expect(job).toMatchObject({ unitsDoneCount: 1, unitsSkippedCount: 1, unitsErrorCount: 3 });
    const { status, body } = await system.call(downloadFailedUnits, {
      params: { folderUuid: folder, jobUuid: job.uploadJobUuid },
    });
    expect(status).toBe(200);
    const raw = await rawFailedUnits(folder, job.uploadJobUuid);
    for (const key of ['a', 'b', 'v']) expect(raw.split(odd(key))).toHaveLength(2);
    expect(raw).not.toContain(good);
    expect(Object.keys(body)).toEqual(['images', 'videos', 'skip_duplicate_urls', 'upsert_metadata']);
    expect(body).toMatchObject({ skip_duplicate_urls: true, upsert_metadata: false });
    expect(body.images.map(bytesOf)).toEqual([odd('a'), odd('b')].map((one) => bytesOf(JSON.parse(one))));
    const again = await run(system, folder, integration, raw);
    expect(again).toMatchObject({ unitsTotalCount: 3, unitsErrorCount: 3 });
    const codes = (errors: TestJson[]) => errors.map(({ code, objectUrls }) => [code, objectUrls]).sort();
    expect(codes(await unitErrors(system, folder, again.uploadJobUuid))).toEqual(
      codes(await unitErrors(system, folder, job.uploadJobUuid)),
    );
    delete body.videos;
    for (const image of body.images) image.imageMetadata = imageMetadata;
    expect(await run(system, folder, integration, body)).toMatchObject({
      unitsDoneCount: 2,
      unitsErrorCount: 0,
    });
  });

  it('holds lines of NDJSON as they were, broken ones too', async () => {
    const folder = await newFolder(system);
    const broken = '{"type": "image", "objectUrl": "x"';
    const noType = JSON.stringify({ objectUrl: signedUrl('n') });
    const fine = JSON.stringify({ type: 'image', ...images(1)[0] });
    const started = await post(
      system,
      folder,
      integration,
      `{"upsert_metadata": true}\n${fine}\r\n${broken}\n\n${noType}\n`,
      ndjson,
    );
    expect(await jobResult(system, folder, started.body)).toMatchObject({ unitsErrorCount: 2 });
    const text = await failedUnits(folder, started.body);
    expect(text).toBe(
      `${['{"skip_duplicate_urls": false, "upsert_metadata": true}', broken, noType].join('\n')}\n`,
    );
    const again = await post(system, folder, integration, text, ndjson);
    expect(await jobResult(system, folder, again.body)).toMatchObject({
      unitsTotalCount: 2,
      unitsErrorCount: 2,
      upsertMetadata: true,
    });
    const corrected = text.replace(broken, fine).replace(noType, '');
    const last = await post(system, folder, integration, corrected, ndjson);
    expect(await jobResult(system, folder, last.body)).toMatchObject({
      unitsDoneCount: 1,
      unitsErrorCount: 0,
    });
  });

  it('holds those of an envelope as a bare manifest', async () => {
    const folder = await newFolder(system);
    const bad = { objectUrl: signedUrl('e', 'feedface'), title: 'e' };
    const started = await system.call(startUploadJob, {
      params: { folderUuid: folder },
      body: {
        externalFiles: { images: [...images(1), bad] },
        integrationHash: integration,
        ignoreErrors: true,
      },
    });
    await jobResult(system, folder, started.body);
    expect(await failedUnits(folder, started.body)).toMatchObject({ images: [bad] });
  });

  it('leaves out trailing commas, which a JSON parser would refuse', async () => {
    const folder = await newFolder(system);
    const text = `{"images": [{"objectUrl": "${signedUrl('c')}", "clientMetadata": {"a": [1,],},},],}`;
    const job = await run(system, folder, integration, text);
    expect(await failedUnits(folder, job.uploadJobUuid)).toMatchObject({
      images: [{ objectUrl: signedUrl('c'), clientMetadata: { a: [1] } }],
    });
  });

  it('holds those of several parts, each once, in their order', async () => {
    const folder = await newFolder(system);
    const manifest = {
      images: images(4500).map((image, index) => (index % 3 === 0 ? { ...image, imageMetadata: {} } : image)),
    };
    const job = await run(system, folder, integration, manifest);
    expect((await failedUnits(folder, job.uploadJobUuid)).images).toEqual(
      manifest.images.filter((_, index) => index % 3 === 0),
    );
  });

  it('holds the units that were cancelled when that is asked for', async () => {
    const folder = await newFolder(system);
    const bad = { objectUrl: signedUrl('bad') };
    const job = await run(system, folder, integration, { images: [...images(2), bad] }, false);
    expect(job).toMatchObject({ status: 'ERROR', unitsErrorCount: 1, unitsCancelledCount: 2 });
    expect((await failedUnits(folder, job.uploadJobUuid)).images).toEqual([bad]);
    expect((await failedUnits(folder, job.uploadJobUuid, { includeCancelled: true })).images).toEqual([
      ...images(2),
      bad,
    ]);
  });

  it('is noted in the audit log, as it hands out signed URLs, and not kept by caches', async () => {
    const folder = await newFolder(system);
    const { uploadJobUuid } = await run(system, folder, integration, { images: [{ objectUrl: 'x' }] });
    const response = await fetchFailedUnits(folder, uploadJobUuid);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'cache-control': 'no-store',
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': `attachment; filename="failed-units-${uploadJobUuid}.json"`,
    });
    const entries = await auditOf(system, 'upload-job.failed-units.download');
    expect(entries.filter(({ subject_id }) => subject_id === uploadJobUuid)).toEqual([
      {
        user_id: system.admin.uuid,
        subject_id: uploadJobUuid,
        details: { folderId: folder, integrationId: integration, units: 1 },
      },
    ]);
  });
});

describe('the manifest of failed units is refused', () => {
  const bad = { images: [{ objectUrl: 'x' }] };
  const refusal = async (folderUuid: string, jobUuid: string, as = system.admin): Promise<unknown> => {
    const entries = (await auditOf(system, 'upload-job.failed-units.download')).length;
    const { status, body } = await system.call(downloadFailedUnits, { params: { folderUuid, jobUuid }, as });
    expect(await auditOf(system, 'upload-job.failed-units.download')).toHaveLength(entries);
    return [status, body.code];
  };

  it('when no unit failed', async () => {
    const folder = await newFolder(system);
    const { uploadJobUuid } = await run(system, folder, integration, { images: images(1) });
    expect(await refusal(folder, uploadJobUuid)).toEqual([409, 'no_failed_units']);
  });

  it('while the job runs', async () => {
    await using waiting = await startTestSystem({ worker: false });
    const folderUuid = await newFolder(waiting);
    const { body: jobUuid } = await waiting.register(folderUuid, await newIntegration(waiting), bad);
    expect(await waiting.call(downloadFailedUnits, { params: { folderUuid, jobUuid } })).toMatchObject({
      status: 409,
      body: { code: 'upload_job_running' },
    });
  });

  it('once the manifest is removed', async () => {
    const folder = await newFolder(system);
    const { uploadJobUuid } = await run(system, folder, integration, bad);
    await sql(system, `UPDATE upload_jobs SET finished_at = now() - interval '73 hours' WHERE id = $1`, [
      uploadJobUuid,
    ]);
    await cleanUp(system.context);
    expect(await refusal(folder, uploadJobUuid)).toEqual([410, 'manifest_not_kept']);
  });

  it('to a stranger', async () => {
    const folder = await newFolder(system);
    const { uploadJobUuid } = await run(system, folder, integration, bad);
    const stranger = await system.createUser();
    expect(await refusal(folder, uploadJobUuid, stranger)).toEqual([403, 'folder_not_found']);
    expect(await refusal(await newFolder(system), uploadJobUuid)).toEqual([404, 'upload_job_not_found']);
  });
});

const fetchFailedUnits = (folder: string, jobUuid: string): Promise<Response> =>
  fetch(`${system.baseUrl}/v2/public/storage/folders/${folder}/data-upload-jobs/${jobUuid}/failed-units`, {
    headers: { authorization: `Bearer ${system.admin.token}` },
  });

async function rawFailedUnits(folder: string, jobUuid: string): Promise<string> {
  return (await fetchFailedUnits(folder, jobUuid)).text();
}

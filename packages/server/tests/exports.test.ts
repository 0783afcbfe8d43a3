import { exportFolder, exportItems, getExportReport } from '@latchkey/contract/routes/exports';
import { deleteIntegration } from '@latchkey/contract/routes/integrations';
import { requestPath } from '@latchkey/sdk/request-url';
import { startTestSystem, type TestSystem } from '@latchkey/testkit/start-system';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { exported, linesOf, reportOf } from './export-fixtures.js';
import { images, newFolder, newIntegration, signedUrl } from './fixtures.js';
import { run } from './registration-fixtures.js';
import { auditOf, insertItems, nobody, share } from './storage-fixtures.js';

let system: TestSystem;
let integration: string;
let folder: string;
const count = 1200;
beforeAll(async () => {
  system = await startTestSystem();
  integration = await newIntegration(system);
  folder = await newFolder(system, 'Straße / 1');
  const video = { objectUrl: signedUrl('v.mp4'), title: 'v' };
  await run(system, folder, integration, { images: images(count), videos: [video] });
});
afterAll(() => system.close());

describe('an export with signatures', () => {
  it('hands out each URL byte for byte, and the audit log has their number before they leave', async () => {
    const answer = await exported(system, folder, { format: 'coco', withSignatures: true });
    const { images: listed, info } = JSON.parse(answer.text);
    expect(listed).toHaveLength(count);
    expect(listed[count - 1].coco_url).toBe(signedUrl(`img/${count - 1}.jpg`));
    const leftOut = [{ itemType: 'video', reason: 'type', count: 1 }];
    expect(info.left_out).toEqual(leftOut);
    expect(await reportOf(system, answer)).toMatchObject({
      status: 'DONE',
      format: 'coco',
      withSignatures: true,
      itemsCount: count,
      urlsCount: count,
      leftOut,
    });
    const handed = (await auditOf(system, 'export.urls.handOut')).filter(
      ({ subject_id }) => subject_id === answer.headers.get('x-export-uuid'),
    );
    expect(handed.length).toBeLessThan(10);
    expect(handed.reduce((sum, { details }) => sum + details.urls, 0)).toBe(count);
    expect(JSON.stringify(handed)).not.toContain('X-Amz');
  });

  it('is open to whom the folder is', async () => {
    const viewer = await system.createUser();
    const query = { format: 'label-studio', withSignatures: true };
    expect((await exported(system, folder, query, viewer)).status).toBe(403);
    await share(system, folder, viewer, 'viewer');
    const answer = await exported(system, folder, query, viewer);
    expect(JSON.parse(answer.text)).toHaveLength(count + 1);
    const exportUuid = answer.headers.get('x-export-uuid') ?? '';
    expect(await system.call(getExportReport, { params: { exportUuid } })).toMatchObject({
      status: 404,
      body: { code: 'export_not_found' },
    });
    expect(await system.call(getExportReport, { params: { exportUuid }, as: viewer })).toMatchObject({
      status: 200,
      body: { urlsCount: count + 1 },
    });
  });

  it('has no URL of an integration that is gone', async () => {
    const lost = await newIntegration(system);
    const place = await newFolder(system);
    await insertItems(system, system.admin, place, [
      { name: 'a', integration: lost, tail: '?X-Amz-Signature=1', columns: { width: 1, height: 1 } },
    ]);
    await system.call(deleteIntegration, { params: { integrationUuid: lost }, query: { force: true } });
    const signed = await exported(system, place, { format: 'coco', withSignatures: true });
    expect(await reportOf(system, signed)).toMatchObject({
      itemsCount: 0,
      urlsCount: 0,
      leftOut: [{ itemType: 'image', reason: 'no_url', count: 1 }],
    });
    expect(JSON.parse((await exported(system, place, { format: 'coco' })).text).images).toHaveLength(1);
  });

  it('is refused in a format that has no place for them', async () => {
    const answer = await exported(system, folder, { format: 'cvat', withSignatures: true });
    expect(answer.status).toBe(400);
    expect(JSON.parse(answer.text)).toMatchObject({ code: 'export_not_signable' });
  });
});

describe('an export', () => {
  it('is a file named after the folder, that nobody keeps', async () => {
    const { headers } = await exported(system, folder, { format: 'cvat' });
    expect(headers.get('content-disposition')).toBe('attachment; filename="Stra-e-1.manifest.jsonl"');
    expect(headers.get('cache-control')).toBe('no-store');
  });

  it('is found again by the UUID that it was asked for with', async () => {
    const exportUuid = uuidv7();
    await exported(system, folder, { format: 'items', exportUuid });
    expect((await system.call(getExportReport, { params: { exportUuid } })).body).toMatchObject({
      exportUuid,
      itemsCount: count + 1,
    });
  });

  it('ends with its reader, and says that it is broken', async () => {
    const big = await newFolder(system);
    const wide = { client_metadata: { text: 'x'.repeat(20_000) } };
    const rows = Array.from({ length: 1500 }, (_, index) => ({ name: `i${index}`, columns: wide }));
    await insertItems(system, system.admin, big, rows);
    const exportUuid = uuidv7();
    const target = requestPath(exportFolder.path, { folderUuid: big }, { format: 'items', exportUuid });
    const leaving = new AbortController();
    const response = await fetch(system.baseUrl + target, {
      headers: { authorization: `Bearer ${system.admin.token}` },
      signal: leaving.signal,
    });
    await response.body?.getReader().read();
    leaving.abort();
    const report = async () => (await system.call(getExportReport, { params: { exportUuid } })).body;
    await vi.waitFor(async () => expect((await report()).status).toBe('BROKEN'), 10_000);
    expect((await report()).itemsCount).toBeLessThan(1500);
  });

  it.each([
    ['another format', { format: 'excel' }],
    ['no format', {}],
    ['a moment that is none', { format: 'items', expiresBefore: '2026-06-30T23:59:60Z' }],
    ['a UUID that is none', { format: 'items', exportUuid: '1' }],
  ])('with %s is refused', async (_case, query) => {
    const answer = await exported(system, folder, query);
    expect(answer.status).toBe(400);
    expect(JSON.parse(answer.text)).toMatchObject({ code: 'invalid_request' });
  });

  it('of items that are not there is refused', async () => {
    const body = { format: 'items', itemUuids: [nobody] } as const;
    expect(await system.call(exportItems, { body })).toMatchObject({ status: 403 });
  });

  it('of an empty folder is a whole file', async () => {
    const empty = await newFolder(system);
    expect(linesOf((await exported(system, empty, { format: 'items' })).text)).toEqual([]);
    expect(JSON.parse((await exported(system, empty, { format: 'manifest-json' })).text)).toMatchObject({
      images: [],
    });
    expect(JSON.parse((await exported(system, empty, { format: 'fiftyone-images' })).text).samples).toEqual(
      [],
    );
  });
});

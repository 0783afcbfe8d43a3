import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { limits } from '@latchkey/contract/limits';
import { allRoutes } from '@latchkey/contract/routes/all';
import { createFolder } from '@latchkey/contract/routes/folders';
import { startUploadJob, startUploadJobFromManifest } from '@latchkey/contract/routes/upload-jobs';
import { requestPath } from '@latchkey/sdk/request-url';
import { allHandlers } from '@latchkey/server/app';
import { startTestSystem, type TestSystem } from '@latchkey/testkit/start-system';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { images, jobResult, newFolder, newIntegration, spooled } from './fixtures.js';

let system: TestSystem;
let folder: string;
let integration: string;

beforeAll(async () => {
  system = await startTestSystem();
  folder = await newFolder(system);
  integration = await newIntegration(system);
});
afterAll(() => system.close());

async function jobCount(): Promise<number> {
  const rows = await system.context.db.query<{ jobs: number }>({
    name: 'test.jobs',
    text: 'SELECT count(*) AS jobs FROM upload_jobs',
  });
  return rows[0]?.jobs ?? 0;
}

async function sendRaw(
  body: Uint8Array<ArrayBuffer> | string,
  headers: Record<string, string>,
): Promise<{ status: number; body: { code: string; message: string } }> {
  const target = requestPath(
    startUploadJobFromManifest.path,
    { folderUuid: folder },
    { integrationHash: integration, ignoreErrors: true },
  );
  const response = await fetch(system.baseUrl + target, {
    method: 'POST',
    body,
    headers: { authorization: `Bearer ${system.admin.token}`, ...headers },
  });
  return { status: response.status, body: JSON.parse(await response.text()) };
}

describe('the route table', () => {
  it('has one handler for each route of the contract', () => {
    expect(allHandlers.map(({ route }) => route.operationId).sort()).toEqual(
      allRoutes.map((route) => route.operationId).sort(),
    );
  });

  it.each(
    allRoutes
      .filter((route) => route.permission !== 'public')
      .map((route) => [`${route.method} ${route.path}`, route] as const),
  )('%s refuses who is not signed in', async (_name, route) => {
    const uuid = '00000000-0000-7000-8000-000000000000';
    const params = Object.fromEntries(
      Object.keys(route.schemas.params?.properties ?? {}).map((name) => [name, uuid]),
    );
    expect(
      await system.call(route, {
        params,
        as: null,
        ...(route.method === 'GET' ? {} : { body: {} }),
      } as never),
    ).toMatchObject({ status: 401, body: { code: 'authentication_required' } });
  });
});

describe('a manifest that can not be read', () => {
  it.each([
    ['is cut off', '{"images": [{"objectUrl": "https://a.example/1"', 'malformed_json', /line 1, column/],
    [
      'lacks a comma',
      '{"images": [\n  {"objectUrl": "https://a.example/1" "title": "x"}\n]}',
      'malformed_json',
      /line 2, column 39/,
    ],
    ['is a list', '[1]', 'not_a_manifest', /object/],
    ['has no known key', '{"pictures": []}', 'not_a_manifest', /images/],
    ['lists nothing', '{"images": [], "videos": []}', 'manifest_empty', /unit|nothing/],
    ['has an object where a list belongs', '{"images": {}}', 'manifest_wrong_type', /images/],
    [
      'has a flag that is not a boolean',
      '{"images": [{}], "skip_duplicate_urls": "yes"}',
      'manifest_wrong_type',
      /skip_duplicate_urls/,
    ],
  ])('is refused with its code and place when it %s', async (_case, text, code, message) => {
    const before = await jobCount();
    const answer = await system.register(folder, integration, text);
    expect(answer).toMatchObject({
      status: 400,
      body: { code, message: expect.stringMatching(message), hint: expect.stringMatching(/\S/) },
    });
    expect(await jobCount()).toBe(before);
    expect(await spooled(system)).toEqual([]);
  });

  it('registers beside an unknown key, with a warning that names it', async () => {
    const { body } = await system.register(folder, integration, { images: images(1), pictures: [1] });
    const job = await jobResult(system, folder, body);
    expect(job).toMatchObject({
      status: 'DONE',
      warnings: [{ message: expect.stringContaining('"pictures"') }],
    });
  });

  it('is refused as anything but JSON, NDJSON and CSV', async () => {
    expect(await sendRaw('x', { 'content-type': 'application/xml' })).toMatchObject({
      status: 415,
      body: { code: 'unsupported_media_type' },
    });
  });

  it('is unpacked when it is gzip, and refused when the gzip is cut off', async () => {
    const packed = Uint8Array.from(gzipSync(JSON.stringify({ images: images(5) })));
    const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' };
    const started = await sendRaw(packed, headers);
    expect(started.status).toBe(200);
    expect(await jobResult(system, folder, String(started.body))).toMatchObject({
      status: 'DONE',
      unitsDoneCount: 5,
    });
    expect(await sendRaw(packed.subarray(0, 40), headers)).toMatchObject({
      status: 400,
      body: { code: 'body_incomplete' },
    });
  });

  it('leaves no trace when the client hangs up half-way, and the server goes on', async () => {
    const before = await jobCount();
    const target = requestPath(
      startUploadJobFromManifest.path,
      { folderUuid: folder },
      { integrationHash: integration },
    );
    const { port } = new URL(system.baseUrl);
    await new Promise<void>((resolve, reject) => {
      const socket = connect(Number(port), '127.0.0.1', () => {
        socket.write(
          `POST ${target} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${system.admin.token}\r\ncontent-type: application/json\r\ncontent-length: 100000\r\n\r\n{"images": [`,
        );
        setImmediate(() => socket.destroy());
      });
      socket.on('close', () => resolve());
      socket.on('error', reject);
    });
    await expect.poll(async () => (await spooled(system)).length, { timeout: 20_000 }).toBe(0);
    expect(await jobCount()).toBe(before);
    expect((await system.register(folder, integration, { images: images(1) })).status).toBe(200);
    await system.drain();
  });
});

describe('a job that names what is not there', () => {
  const nobody = '00000000-0000-7000-8000-000000000000';

  it('is refused for an unknown folder, an unknown integration and none', async () => {
    expect(await system.register(nobody, integration, { images: images(1) })).toMatchObject({
      status: 403,
      body: { code: 'folder_not_found' },
    });
    expect(await system.register(folder, nobody, { images: images(1) })).toMatchObject({
      status: 403,
      body: { code: 'integration_not_found' },
    });
    const envelope = { params: { folderUuid: folder }, body: { externalFiles: { images: images(1) } } };
    expect(await system.call(startUploadJob, envelope)).toMatchObject({
      status: 400,
      body: { code: 'invalid_request', message: expect.stringContaining('integrationHash') },
    });
  });

  it('is refused for a folder and an integration that the user may not use', async () => {
    const member = await system.createUser();
    expect(await system.register(folder, integration, { images: images(1) }, { as: member })).toMatchObject({
      status: 403,
      body: { code: 'folder_not_found' },
    });
    await system.context.db.query({
      name: 'test.share',
      text: `INSERT INTO folder_members (folder_id, user_id, role) VALUES ($1, $2, 'editor')`,
      values: [folder, member.uuid],
    });
    expect(await system.register(folder, integration, { images: images(1) }, { as: member })).toMatchObject({
      status: 403,
      body: { code: 'integration_not_found' },
    });
  });
});

describe('a JSON body', () => {
  it('is refused when it is larger than allowed, and the server goes on', async () => {
    const clientMetadata = { text: 'x'.repeat(limits.jsonBodyBytes) };
    expect(await system.call(createFolder, { body: { name: 'x', clientMetadata } })).toMatchObject({
      status: 413,
      body: { code: 'body_too_large' },
    });
    expect(await system.call(createFolder, { body: { name: 'x' } })).toMatchObject({ status: 200 });
  });

  it('is refused when it is not JSON, with the reason', async () => {
    const response = await fetch(`${system.baseUrl}${createFolder.path}`, {
      method: 'POST',
      body: '{"name": ',
      headers: { authorization: `Bearer ${system.admin.token}`, 'content-type': 'application/json' },
    });
    expect({ status: response.status, body: await response.json() }).toMatchObject({
      status: 400,
      body: { code: 'malformed_json' },
    });
  });

  it('is refused with the field and what is allowed', async () => {
    expect(await system.call(createFolder, { body: { name: 'x', nmae: 'y' } })).toMatchObject({
      status: 400,
      body: { code: 'invalid_request', message: expect.stringContaining('"nmae"') },
    });
    expect(await system.call(createFolder, { body: { name: 'n'.repeat(301) } })).toMatchObject({
      status: 400,
      body: { message: expect.stringContaining('300') },
    });
    expect(
      await system.call(createFolder, { body: { name: 'x', clientMetadata: '{"$bad": 1}' } }),
    ).toMatchObject({ status: 400, body: { code: 'invalid_client_metadata' } });
  });
});

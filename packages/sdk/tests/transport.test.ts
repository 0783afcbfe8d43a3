import { getFolder, listTopLevelFolders, patchFolder } from '@latchkey/contract/routes/folders';
import { getItemsBulk } from '@latchkey/contract/routes/items';
import { signOut } from '@latchkey/contract/routes/session';
import { startUploadJob, startUploadJobFromManifest } from '@latchkey/contract/routes/upload-jobs';
import { expect, test } from 'vitest';
import * as errors from '../src/errors.js';
import { createTransport } from '../src/transport.js';
import { startHttpServer } from './http-server.js';

const folderUuid = '0198c1a2-0000-7000-8000-000000000001';
const retry = { delayMs: 1 };
const fault = (status: number, code = 'x') => ({ status, body: { message: 'm', code, hint: 'h' } });

test('sends path, query, headers and JSON body, and reads the answer', async () => {
  const { baseUrl, requests } = await startHttpServer(() => ({ body: { uuid: folderUuid, name: 'new' } }));
  const transport = createTransport({
    baseUrl: `${baseUrl}/`,
    authenticate: async ({ method, target }) => ({ 'x-auth': `${method} ${target}` }),
  });
  const folder = await transport.call(patchFolder, { params: { folderUuid }, body: { name: 'new' } });
  expect(folder.name).toBe('new');
  const target = `/v2/public/storage/folders/${folderUuid}`;
  expect(requests[0]).toMatchObject({ method: 'PATCH', target, body: '{"name":"new"}' });
  expect(requests[0]?.headers).toMatchObject({
    'content-type': 'application/json',
    'x-requested-with': 'latchkey',
    'x-auth': `PATCH ${target}`,
  });
});

test('answers undefined to 204', async () => {
  const { baseUrl } = await startHttpServer(() => ({}));
  expect(await createTransport({ baseUrl }).call(signOut)).toBeUndefined();
});

test('sends bytes, blobs and streams as they are', async () => {
  const { baseUrl, requests } = await startHttpServer(() => ({ body: '"job"' }));
  const transport = createTransport({ baseUrl });
  const bytes = new TextEncoder().encode('{"images":[]}');
  const bodies = [
    bytes,
    new Blob([bytes], { type: 'text/csv' }),
    new Blob([bytes]).stream(),
    { open: () => new Blob([bytes]).stream() },
  ];
  const query = { integrationHash: folderUuid };
  for (const body of bodies) {
    const job = await transport.call(startUploadJobFromManifest, { params: { folderUuid }, query, body });
    expect(job).toBe('job');
  }
  expect(requests.map((request) => request.body)).toEqual(Array(4).fill('{"images":[]}'));
  expect(requests.map((request) => request.headers['content-type'])).toEqual([
    'application/json',
    'text/csv',
    'application/json',
    'application/json',
  ]);
});

test('repeats idempotent calls on 429, 500, 502, 503 and broken connections', async () => {
  for (const answer of [fault(429), fault(500), fault(502), fault(503), { destroy: true }]) {
    const { baseUrl, requests } = await startHttpServer((_, index) =>
      index < 3 ? answer : { body: { results: [] } },
    );
    const page = await createTransport({ baseUrl, retry }).call(listTopLevelFolders);
    expect(page.results).toEqual([]);
    expect(requests).toHaveLength(4);
  }
});

test('gives up after three repetitions with the last error', async () => {
  const { baseUrl, requests } = await startHttpServer(() => fault(503, 'shutting_down'));
  const call = createTransport({ baseUrl, retry }).call(getItemsBulk, { body: { itemUuids: [] } });
  await expect(call).rejects.toMatchObject({ name: 'ServerError', status: 503, code: 'shutting_down' });
  expect(requests).toHaveLength(4);
});

test('never repeats the start of a job without an idempotency key', async () => {
  for (const answer of [fault(500), fault(429), { destroy: true }]) {
    const { baseUrl, requests } = await startHttpServer(() => answer);
    const transport = createTransport({ baseUrl, retry });
    await expect(transport.call(startUploadJob, { params: { folderUuid }, body: {} })).rejects.toThrow();
    expect(requests).toHaveLength(1);
  }
});

test('repeats the start of a job that has an idempotency key, with the same one', async () => {
  const { baseUrl, requests } = await startHttpServer((_, index) =>
    index === 0 ? { destroy: true } : { body: '"job"' },
  );
  const transport = createTransport({ baseUrl, retry });
  const call = { params: { folderUuid }, body: { dataItems: {} }, idempotencyKey: 'k1' };
  expect(await transport.call(startUploadJob, call)).toBe('job');
  expect(requests.map((request) => request.headers['idempotency-key'])).toEqual(['k1', 'k1']);
  expect(requests[1]?.body).toBe('{"dataItems":{}}');
});

test('sends a body that can be read only once a single time, also with an idempotency key', async () => {
  const { baseUrl, requests } = await startHttpServer(() => ({ destroy: true }));
  const transport = createTransport({ baseUrl, retry });
  const body = new Blob(['{}']).stream();
  const call = { params: { folderUuid }, body, idempotencyKey: 'k1' };
  await expect(transport.call(startUploadJob, call)).rejects.toMatchObject({ name: 'ConnectionError' });
  expect(requests).toHaveLength(1);
});

test('waits as long as Retry-After says, and not at all when that is too long', async () => {
  const limited = (seconds: string) => ({ ...fault(429), headers: { 'retry-after': seconds } });
  const patient = await startHttpServer((_, index) =>
    index === 0 ? limited('1') : { body: { results: [] } },
  );
  const start = performance.now();
  await createTransport({ baseUrl: patient.baseUrl, retry }).call(listTopLevelFolders);
  expect(performance.now() - start).toBeGreaterThanOrEqual(990);

  const busy = await startHttpServer(() => limited('3600'));
  const call = createTransport({ baseUrl: busy.baseUrl, retry }).call(listTopLevelFolders);
  await expect(call).rejects.toMatchObject({ name: 'RateLimitError', retryAfterSeconds: 3600 });
  expect(busy.requests).toHaveLength(1);
});

test('maps each status to its class and keeps code, hint, details and request id', async () => {
  const classes = {
    400: errors.InvalidArgumentsError,
    401: errors.AuthenticationError,
    403: errors.AuthorisationError,
    404: errors.ResourceNotFoundError,
    409: errors.ConflictError,
    413: errors.PayloadTooLargeError,
    429: errors.RateLimitError,
    500: errors.ServerError,
    415: errors.ApiError,
  };
  for (const [status, Class] of Object.entries(classes)) {
    const body = {
      message: 'No.',
      code: 'some_code',
      hint: 'Do.',
      requestId: 'r1',
      details: { field: 'name' },
    };
    const { baseUrl } = await startHttpServer(() => ({ status: Number(status), body }));
    const transport = createTransport({ baseUrl, retry: { retries: 0 } });
    const error = await transport
      .call(getFolder, { params: { folderUuid } })
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(Class);
    expect(error).toBeInstanceOf(errors.ApiError);
    expect(error).toMatchObject({ ...body, status: Number(status) });
  }
});

test('says so where the answer is not from Latchkey', async () => {
  const { baseUrl } = await startHttpServer((_, index) =>
    index === 0 ? { body: '<html>' } : { status: 404, body: '<html>' },
  );
  const transport = createTransport({ baseUrl });
  const expected = { code: 'unexpected_response', hint: expect.stringContaining('address') };
  await expect(transport.call(listTopLevelFolders)).rejects.toMatchObject({ ...expected, status: 200 });
  await expect(transport.call(listTopLevelFolders)).rejects.toMatchObject({ ...expected, status: 404 });
});

test('names the server that cannot be reached, without the query', async () => {
  const transport = createTransport({ baseUrl: 'http://127.0.0.1:9', retry: { retries: 0 } });
  const call = transport.call(listTopLevelFolders, { query: { search: 'private' } });
  await expect(call).rejects.toMatchObject({
    name: 'ConnectionError',
    code: 'connection_failed',
    message: 'The server at http://127.0.0.1:9 could not be reached.',
  });
});

test('names no address of a page whose own server cannot be reached', async () => {
  const transport = createTransport({ baseUrl: '', retry: { retries: 0 } });
  await expect(transport.call(listTopLevelFolders)).rejects.toMatchObject({
    message: 'The server could not be reached.',
    hint: 'Check your connection and that the server runs.',
  });
});

test('ends with the reason of the signal, also between repetitions', async () => {
  const { baseUrl, requests } = await startHttpServer(() => fault(503));
  const transport = createTransport({ baseUrl, retry: { delayMs: 60_000 } });
  const controller = new AbortController();
  const call = transport.call(listTopLevelFolders, { signal: controller.signal });
  const reason = new Error('stopped by the user');
  const ended = expect(call).rejects.toBe(reason);
  await expect.poll(() => requests.length).toBe(1);
  controller.abort(reason);
  await ended;
  await expect(transport.call(listTopLevelFolders, { signal: controller.signal })).rejects.toBe(reason);
});

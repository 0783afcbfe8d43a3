import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { LatchkeyClient } from '../src/client.js';
import { type Answer, type ReceivedRequest, startHttpServer } from './http-server.js';

const uuid = '0198c1a2-0000-7000-8000-000000000001';

async function startFolder(answer: (request: ReceivedRequest, index: number) => Answer) {
  const { baseUrl, requests } = await startHttpServer((request, index) =>
    request.target.includes('data-upload-jobs') ? answer(request, index - 1) : { body: { uuid } },
  );
  const options = { baseUrl, retry: { delayMs: 1 } };
  const folder = await LatchkeyClient.createWithBearerToken('t', options).getStorageFolder(uuid);
  return { folder, requests: () => requests.slice(1) };
}

async function textOf(content: AsyncIterable<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of content) text += decoder.decode(chunk, { stream: true });
  return text;
}

const start = { body: JSON.stringify(uuid) };

test('starts a job with a new idempotency key for each call, or the one that is given', async () => {
  const { folder, requests } = await startFolder(() => start);
  const options = { integrationId: uuid, manifest: { images: [] } };
  await folder.addPrivateDataToFolderStart(options);
  await folder.addPrivateDataToFolderStart(options);
  await folder.addPrivateDataToFolderStart({ ...options, idempotencyKey: 'mine' });
  const [first, second, third] = requests().map((request) => request.headers['idempotency-key']);
  expect(first).toMatch(/^[0-9a-f]{32}$/);
  expect(second).not.toBe(first);
  expect(third).toBe('mine');
});

test('repeats the start when the connection breaks, with the same key and the whole manifest', async () => {
  const { folder, requests } = await startFolder((_, index) => (index === 0 ? { destroy: true } : start));
  const manifest = { images: [{ objectUrl: 'https://bucket.example.com/a.jpg' }] };
  await folder.addPrivateDataToFolderStart({ integrationId: uuid, manifest });
  const [broken, repeated] = requests();
  expect(repeated?.headers['idempotency-key']).toBe(broken?.headers['idempotency-key']);
  expect(JSON.parse(`${repeated?.body}`)).toEqual(manifest);
});

test.each([
  ['a.ndjson', 'application/x-ndjson', undefined],
  ['a.jsonl.gz', 'application/x-ndjson', 'gzip'],
  ['a.json.gz', 'application/json', 'gzip'],
  ['a.list', 'application/json', undefined],
])('sends %s as %s', async (name, contentType, contentEncoding) => {
  const directory = mkdtempSync(join(tmpdir(), 'latchkey-sdk-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const path = join(directory, name);
  writeFileSync(path, 'the bytes');
  const { folder, requests } = await startFolder(() => start);
  await folder.addPrivateDataToFolderStart({ integrationId: uuid, manifest: path });
  const [request] = requests();
  expect(request?.body).toBe('the bytes');
  expect(request?.headers['content-type']).toBe(contentType);
  expect(request?.headers['content-encoding']).toBe(contentEncoding);
});

test('sends bytes as NDJSON when told so', async () => {
  const { folder, requests } = await startFolder(() => start);
  const manifest = new TextEncoder().encode('{"type":"image"}\n');
  await folder.addPrivateDataToFolderStart({ integrationId: uuid, manifest, format: 'ndjson' });
  expect(requests()[0]?.headers['content-type']).toBe('application/x-ndjson');
});

test('lists what became of each unit, by outcome and page by page', async () => {
  const { folder, requests } = await startFolder((_, index) => ({
    body: { results: [{ position: index }], nextPageToken: index === 0 ? 'p1' : null },
  }));
  const positions: number[] = [];
  for await (const unit of folder.listUnitResults('j', { outcomes: ['error', 'cancelled'], pageSize: 1 }))
    positions.push(unit.position);
  expect(positions).toEqual([0, 1]);
  const base = `/v2/public/storage/folders/${uuid}/data-upload-jobs/j/units`;
  expect(requests().map(({ target }) => target)).toEqual([
    `${base}?pageSize=1&outcomes=error&outcomes=cancelled`,
    `${base}?pageSize=1&outcomes=error&outcomes=cancelled&pageToken=p1`,
  ]);
});

test('streams errors and failed units with name and type', async () => {
  async function* pieces() {
    yield '{"images":';
    yield '[]}';
  }
  const { folder, requests } = await startFolder(() => ({
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': 'attachment; filename="failed-units-j.json"',
    },
    pieces: pieces(),
  }));
  const manifest = await folder.downloadFailedUnits('j', { includeCancelled: true });
  expect(manifest).toMatchObject({ contentType: 'application/json', fileName: 'failed-units-j.json' });
  expect(await textOf(manifest.content)).toBe('{"images":[]}');
  await folder.downloadUnitErrors('j', { format: 'ndjson' });
  await folder.downloadUnitErrors('j');
  expect(requests().map(({ target }) => target.replace(/^.*data-upload-jobs/, ''))).toEqual([
    '/j/failed-units?includeCancelled=true',
    '/j/unit-errors.ndjson',
    '/j/unit-errors.csv',
  ]);
});

test('a download that is cut off is a broken connection, and a refusal keeps its code', async () => {
  async function* pieces() {
    yield 'kind,element\r\n';
    throw new Error('cut off');
  }
  const { folder } = await startFolder((_, index) =>
    index === 0
      ? { pieces: pieces() }
      : { status: 410, body: { message: 'Gone.', code: 'manifest_not_kept', hint: 'h' } },
  );
  const { content } = await folder.downloadUnitErrors('j');
  await expect(textOf(content)).rejects.toMatchObject({ name: 'ConnectionError' });
  await expect(folder.downloadFailedUnits('j')).rejects.toMatchObject({ code: 'manifest_not_kept' });
});

import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { startUploadJobFromManifest } from '@latchkey/contract/routes/upload-jobs';
import { requestPath } from '@latchkey/sdk/request-url';
import { startTestSystem, type TestSystem } from '@latchkey/testkit/start-system';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { images, newFolder, newIntegration, spooled } from './fixtures.js';
import { countRows, jobNow, post, postStream } from './registration-fixtures.js';

const manifestBytes = 60_000_000;
let system: TestSystem;
let folder: string;
let integration: string;
let jobs = 0;
beforeAll(async () => {
  system = await startTestSystem({
    worker: false,
    environment: { LATCHKEY_MAX_MANIFEST_BYTES: String(manifestBytes) },
  });
  folder = await newFolder(system);
  integration = await newIntegration(system);
});
afterAll(() => system.close());

/** Nothing is left of what was refused, and the next manifest is taken. */
afterEach(async () => {
  await expect.poll(() => spooled(system), { timeout: 20_000 }).toHaveLength(jobs);
  await expect.poll(() => countRows(system, 'spooled_manifests')).toBe(jobs);
  expect(await countRows(system, 'upload_jobs')).toBe(jobs);
  expect((await system.register(folder, integration, { images: images(1) })).status).toBe(200);
  jobs += 1;
});

function* unitLines(count: number): Generator<string> {
  yield '{"images": [\n';
  for (let from = 0; from < count; from += 10_000) {
    let text = '';
    for (let index = from; index < Math.min(from + 10_000, count); index++)
      text += `{"objectUrl": "https://a.example/${index}"},\n`;
    yield text;
  }
}

describe('a manifest that breaks at unit 999,999', () => {
  function* broken(): Generator<string> {
    yield* unitLines(999_999);
    yield '  {"objectUrl" "https://a.example/last"}\n], "skip_duplicate_urls": true}\n';
  }

  it('is refused with line and column, and nothing of it is kept', async () => {
    expect(await postStream(system, folder, integration, Readable.from(broken()))).toMatchObject({
      status: 400,
      body: {
        code: 'malformed_json',
        message: expect.stringMatching(/line 1000001, column 16/),
        details: { line: 1_000_001, column: 16 },
      },
    });
  });

  it('is refused the same when it ends in the middle of it', async () => {
    expect(await postStream(system, folder, integration, Readable.from(unitLines(999_999)))).toMatchObject({
      status: 400,
      body: { code: 'malformed_json', details: { line: 1_000_001 } },
    });
  });
});

describe('a gzip body', () => {
  const plain = Buffer.from(JSON.stringify({ images: images(20) }));
  const packed = gzipSync(plain);
  const send = (body: Uint8Array) =>
    post(system, folder, integration, Uint8Array.from(body), { headers: { 'content-encoding': 'gzip' } });

  it.each([
    ['has other bytes behind its end', Buffer.concat([packed, Buffer.from('trailing garbage')])],
    ['is damaged', Buffer.concat([packed.subarray(0, 100), Buffer.alloc(20), packed.subarray(120)])],
    ['has a wrong checksum', Buffer.concat([packed.subarray(0, -8), Buffer.alloc(8)])],
    ['is no gzip', plain],
    ['is empty', Buffer.alloc(0)],
  ])('is refused when it %s', async (_case, body) => {
    const { status, body: refusal } = await send(body);
    expect([status, refusal.code]).toEqual([400, 'body_incomplete']);
    expect(refusal.message).toMatch(/gzip|ended before/);
  });

  it.each([
    ['padded with zeros', Buffer.concat([packed, Buffer.alloc(512)])],
    ['of several members', Buffer.concat([gzipSync(plain.subarray(0, 77)), gzipSync(plain.subarray(77))])],
  ])('is read when it is %s', async (_case, body) => {
    const { status, body: jobUuid } = await send(body);
    expect(status).toBe(200);
    jobs += 1;
    expect(await jobNow(system, folder, jobUuid)).toMatchObject({ unitsTotalCount: 20 });
  });

  it('is held to the limit by what it unpacks to', async () => {
    const bomb = gzipSync(Buffer.alloc(manifestBytes + 1, ' '));
    expect(bomb.length).toBeLessThan(100_000);
    const { status, body } = await send(bomb);
    expect([status, body.code]).toEqual([413, 'body_too_large']);
    expect(body.message).toContain(`${manifestBytes} bytes (limit manifestBytes)`);
  });
});

describe('a body larger than the limit', () => {
  const piece = ' '.repeat(1_000_000);
  function* endless(): Generator<string> {
    for (;;) yield piece;
  }

  it('is refused without being read to its end, and the connection is closed', async () => {
    const answer = await postStream(system, folder, integration, Readable.from(endless()));
    expect(answer).toMatchObject({ status: 413, body: { code: 'body_too_large' } });
  });
});

describe('a raw request', () => {
  const target = () =>
    requestPath(startUploadJobFromManifest.path, { folderUuid: folder }, { integrationHash: integration });

  /** Sends the head and what there is of the body. */
  async function open(contentLength: number, body: string): Promise<Socket> {
    const socket = connect(Number(new URL(system.baseUrl).port), '127.0.0.1');
    socket.on('error', () => undefined);
    await once(socket, 'connect');
    socket.write(
      `POST ${target()} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${system.admin.token}\r\n` +
        `content-type: application/json\r\ncontent-length: ${contentLength}\r\n\r\n${body}`,
    );
    return socket;
  }

  it('with less body than it announces is dropped when the client ends', async () => {
    const socket = await open(1_000_000, JSON.stringify({ images: images(2) }));
    await expect.poll(() => countRows(system, 'spooled_manifests')).toBe(jobs + 1);
    const closed = once(socket, 'close');
    socket.end();
    socket.resume();
    await closed;
  });

  it('with more body than it announces is refused', async () => {
    const body = JSON.stringify({ images: images(2) });
    const socket = await open(body.length - 10, body);
    let answer = '';
    socket.on('data', (bytes) => {
      answer += bytes.toString();
    });
    await once(socket, 'close');
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
  });

  it('that is given up after megabytes leaves nothing', async () => {
    const socket = await open(50_000_000, '{"images": [');
    for (let megabyte = 0; megabyte < 20; megabyte++)
      if (!socket.write(' '.repeat(1_000_000))) await once(socket, 'drain');
    socket.resetAndDestroy();
  });
});

import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { createIntegration } from '@latchkey/contract/routes/integrations';
import { listUploadJobs } from '@latchkey/contract/routes/upload-jobs';
import { startTestSystem, type TestSystem } from '@latchkey/testkit/start-system';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { manifestFile } from './manifest-file.js';
import { runLatchkey } from './run-latchkey.js';

let system: TestSystem;
let environment: Record<string, string>;

beforeAll(async () => {
  system = await startTestSystem();
  environment = { LATCHKEY_URL: system.baseUrl, LATCHKEY_TOKEN: system.admin.token };
  await system.call(createIntegration, { body: { title: 'Cameras' } });
});
afterAll(() => system.close());

const image = (name: string) => ({
  objectUrl: `https://bucket.example.com/${name}`,
  imageMetadata: { mimeType: 'image/jpeg', fileSize: 10, width: 2, height: 3 },
});

const register = (path: string, folder: string, url: string, ...more: string[]) =>
  runLatchkey(
    ['register', path, '--folder', folder, '--integration', 'Cameras', '--url', url, '--json', ...more],
    { environment },
  );

async function jobCount(folderUuid: string): Promise<number> {
  return (await system.call(listUploadJobs, { params: { folderUuid } })).body.results.length;
}

/** Passes everything on, but breaks the connection instead of giving the answers to the first starts of jobs. */
async function startLossyProxy(lostAnswers: number): Promise<string> {
  let left = lostAnswers;
  const pass = (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const { method, headers, url } = incoming;
    const onward = httpRequest(new URL(`${url}`, system.baseUrl), { method, headers }, (answer) => {
      const isStart = method === 'POST' && `${url}`.includes('data-upload-jobs');
      if (isStart && left-- > 0) return incoming.socket.destroy();
      outgoing.writeHead(answer.statusCode ?? 0, answer.headers);
      answer.pipe(outgoing);
    });
    incoming.pipe(onward);
  };
  const proxy = createServer(pass).listen(0, '127.0.0.1');
  onTestFinished(() => {
    proxy.closeAllConnections();
    proxy.close();
  });
  await new Promise((resolve) => proxy.once('listening', resolve));
  return `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
}

test('follows the first job when the answer to its start is lost', async () => {
  const proxy = await startLossyProxy(1);
  const run = await register(manifestFile({ images: [image('a.jpg')] }), 'Lost answer', proxy);
  expect(run.exitCode).toBe(0);
  const { folderUuid, unitsDoneCount } = JSON.parse(run.stdout);
  expect(unitsDoneCount).toBe(1);
  expect(await jobCount(folderUuid)).toBe(1);
});

test('names the key to repeat with when no answer comes, and then answers the first job', async () => {
  const proxy = await startLossyProxy(Number.POSITIVE_INFINITY);
  const path = manifestFile({ images: [image('a.jpg')] });
  const lost = await register(path, 'No answer', proxy);
  expect(lost.exitCode).toBe(3);
  const { error } = JSON.parse(lost.stdout);
  expect(error.code).toBe('start_uncertain');
  const key = /--idempotency-key (\S+):/.exec(error.hint)?.[1] ?? '';
  const repeated = await register(path, 'No answer', system.baseUrl, '--idempotency-key', key);
  expect(repeated.exitCode).toBe(0);
  expect(await jobCount(JSON.parse(repeated.stdout).folderUuid)).toBe(1);
  const other = await register(
    manifestFile({ images: [] }),
    'No answer',
    system.baseUrl,
    '--idempotency-key',
    key,
  );
  expect(other.exitCode).toBe(2);
});

test.each(['manifest.ndjson', 'manifest.jsonl.gz'])('registers %s', async (name) => {
  const lines = [{ type: 'image', ...image('a.jpg') }, { ...image('b.jpg') }];
  const text = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
  const path = manifestFile(name.endsWith('.gz') ? gzipSync(text) : text, name);
  const run = await register(path, name, system.baseUrl, '--ignore-errors');
  expect(JSON.parse(run.stdout)).toMatchObject({
    fileName: name,
    unitsDoneCount: 1,
    unitErrors: [{ code: 'unit_type_missing', place: { line: 2 } }],
  });
});

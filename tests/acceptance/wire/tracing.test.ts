import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createTestDatabase,
  type TestDatabase,
  testDatabaseOptions,
} from '@latchkey/db/testing/test-database';
import { LatchkeyClient } from '@latchkey/sdk/client';
import { generateSshKeyPair } from '@latchkey/sdk/ssh-key';
import { spawnLatchkey } from '@latchkey/testkit/spawn-latchkey';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type OtlpReceiver, type ReceivedSpan, startOtlpReceiver } from '../support/otlp-receiver.js';

const keys = generateSshKeyPair('test');
const traceId = '0af7651916cd43dd8448eb211c80319c';
let directory: string;
let database: TestDatabase | null;
let receiver: OtlpReceiver;
let spans: ReceivedSpan[];
let log: string;
let jobUuid: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'latchkey-traces-'));
  const isPostgres = process.env['TEST_DATABASE'] === 'postgres';
  database = isPostgres ? await createTestDatabase(testDatabaseOptions(process.env)) : null;
  receiver = await startOtlpReceiver();
  const server = await spawnLatchkey({
    command: ['serve'],
    environment: {
      LATCHKEY_PORT: '0',
      LATCHKEY_DATA_DIR: directory,
      LATCHKEY_ADMIN_EMAIL: 'admin@example.com',
      LATCHKEY_ADMIN_SSH_KEY: keys.publicKey,
      LATCHKEY_OTLP_ENDPOINT: receiver.url,
      OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment=test',
      ...(database?.url ? { DATABASE_URL: database.url } : {}),
    },
  });
  const client = LatchkeyClient.createWithSshPrivateKey(keys.privateKey, { baseUrl: server.url });
  const { integrationUuid } = await client.createCloudIntegration({
    title: 'Bucket',
    strictClientOnly: true,
  });
  const folder = await client.createStorageFolder('Cats');
  jobUuid = await folder.addPrivateDataToFolderStart({
    integrationId: integrationUuid,
    manifest,
    ignoreErrors: true,
  });
  await folder.addPrivateDataToFolderGetResult(jobUuid, { timeoutSeconds: 60 });
  await fetch(`${server.url}/v2/public/storage/folders?search=word-of-a-user`, {
    headers: {
      authorization: `Bearer ${await client.getBearerToken()}`,
      traceparent: `00-${traceId}-b7ad6b7169203331-01`,
    },
  });
  await fetch(`${server.url}/health/live`);
  // Its end sends what is left.
  await server.stop();
  spans = receiver.spans();
  log = server.output();
}, 240_000);
afterAll(async () => {
  await receiver.close();
  await database?.drop();
  await rm(directory, { recursive: true, force: true });
});

const manifest = {
  images: [
    {
      objectUrl: 'https://data.example.com/cat.jpg?X-Amz-Signature=secret-of-a-url',
      imageMetadata: { mimeType: 'image/jpeg', fileSize: 1, width: 1, height: 1 },
    },
  ],
};

const parentOf = ({ parentSpanId }: ReceivedSpan) => spans.find(({ spanId }) => spanId === parentSpanId);

/** Names from a span up to the first of its trace. */
function chainOf(span: ReceivedSpan | undefined): string[] {
  if (!span) return [];
  return [span.name, ...chainOf(parentOf(span))];
}

const chains = (name: string) => spans.filter((span) => span.name === name).map(chainOf);

test('leads from a request over its operation to its statements', () => {
  expect(chains('folders.insert')).toContainEqual([
    'folders.insert',
    'transaction',
    'createFolder',
    'POST /v2/public/storage/folders',
  ]);
});

test('goes on in the trace of who asks, and names the route with its outcome', () => {
  const request = spans.find((span) => span.traceId === traceId && span.name.startsWith('GET '));
  expect(request).toMatchObject({
    name: 'GET /v2/public/storage/folders',
    parentSpanId: 'b7ad6b7169203331',
    attributes: { 'http.route': '/v2/public/storage/folders', 'http.response.status_code': 200 },
  });
});

test('shows the parts of a job, with what reading and committing them took', () => {
  const part = spans.find(({ name }) => name === 'registration.part');
  expect(part).toMatchObject({
    parentSpanId: null,
    attributes: { 'latchkey.job_id': jobUuid, 'latchkey.units': 1 },
  });
  const steps = spans.filter((span) => span.traceId === part?.traceId).map(({ name }) => name);
  expect(steps).toEqual(expect.arrayContaining(['registration.prepare', 'transaction', 'newItems.copy']));
});

test('has no span of health checks, nor of a worker that finds nothing to do', () => {
  expect(spans.filter(({ name }) => name.includes('health'))).toEqual([]);
  const roots = spans.filter(({ parentSpanId }) => parentSpanId === null);
  expect([...new Set(roots.map(({ name }) => name.split(' ')[0]))].sort()).toEqual([
    'GET',
    'POST',
    'registration.part',
  ]);
});

test('tells the collector no query, signature, token or e-mail address', () => {
  const received = receiver.received();
  for (const secret of ['secret-of-a-url', 'word-of-a-user', 'admin@example.com', 'data.example.com'])
    expect(received).not.toContain(secret);
  expect(received).toContain('deployment.environment');
});

test('writes the ids of the trace into the log', () => {
  const lines = log.split('\n').filter((line) => line.includes(traceId));
  expect(lines.length).toBeGreaterThan(0);
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({
    trace_id: traceId,
    span_id: expect.stringMatching(/^\w{16}$/),
  });
});

import { mkdtemp, rm } from 'node:fs/promises';
import { type Agent, type IncomingHttpHeaders, type OutgoingHttpHeaders, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type Bucket, type BucketOptions, startBucket } from '../src/start-bucket.js';
import { ACCESS_KEY_ID, NOON, SECRET_ACCESS_KEY, type SignOptions, sign } from './sign.js';

export const PAGE = 'https://app.example.com';
export const BYTES = Buffer.from('0123456789abcdef');

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** A bucket with `images/a.jpg`, whose clock stands at noon, closed at the end of the test. */
export async function openBucket(options: Partial<BucketOptions> = {}): Promise<Bucket> {
  const directory = await mkdtemp(join(tmpdir(), 'latchkey-bucket-'));
  const bucket = await startBucket({
    directory,
    accessKeyId: ACCESS_KEY_ID,
    secretAccessKey: SECRET_ACCESS_KEY,
    allowedOrigins: [PAGE],
    now: () => NOON,
    ...options,
  });
  onTestFinished(async () => {
    await bucket.close();
    await rm(directory, { recursive: true });
  });
  await bucket.putObject('images/a.jpg', BYTES, 'image/jpeg');
  return bucket;
}

/** Sends the target as it is: no client library normalises it. */
export function send(
  bucket: Bucket,
  target: string,
  {
    method = 'GET',
    headers = {},
    agent,
  }: { method?: string; headers?: OutgoingHttpHeaders; agent?: Agent } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      { host: '127.0.0.1', port: bucket.port, path: target, method, headers, agent: agent ?? false },
      (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
        incoming.on('error', reject);
        incoming.on('end', () =>
          resolve({
            status: incoming.statusCode ?? 0,
            headers: incoming.headers,
            body: Buffer.concat(chunks),
          }),
        );
      },
    );
    outgoing.on('error', reject);
    outgoing.end();
  });
}

/** Gets `images/a.jpg`, or another path, with a signature. */
export function get(
  bucket: Bucket,
  headers: OutgoingHttpHeaders = {},
  { path = '/demo/images/a.jpg', ...options }: SignOptions & { path?: string } = {},
): Promise<Answer> {
  return send(bucket, sign(bucket.origin, path, options), { headers, method: options.method ?? 'GET' });
}

/** The code of an XML error. */
export function errorCode(answer: Answer): string | undefined {
  return /<Code>(\w+)<\/Code>/.exec(answer.body.toString())?.[1];
}

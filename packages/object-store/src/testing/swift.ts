import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { createPresigner } from '@latchkey/locator/sigv4/presigner';

export const swiftKeys = { accessKeyId: 'test:tester', secretAccessKey: 'testing' };
export const swiftRegion = 'us-east-1';

export interface Swift {
  /** Buckets stand in its path. */
  readonly endpoint: string;
  createBucket(bucket: string): Promise<void>;
  putObject(bucket: string, key: string, text: string): Promise<void>;
  close(): Promise<void>;
}

/** Debian's Python, whatever else is called so. */
const python = '/usr/bin/python3';

export const hasSwift = (): boolean => spawnSync(python, ['-c', 'import swift.proxy.server']).status === 0;

/** OpenStack Swift, whose S3 dialect verifies signatures of V4 and V2 with code that is not ours. */
export async function startSwift(): Promise<Swift> {
  const directory = await mkdtemp(join(tmpdir(), 'latchkey-swift-'));
  const program = fileURLToPath(new URL('../../src/testing/serve-swift.py', import.meta.url));
  const child = spawn(python, [program, directory], { stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = once(child, 'close');
  let messages = '';
  child.stderr.on('data', (text: Buffer) => {
    messages = (messages + text).slice(-4000);
  });
  const [port] = await Promise.race([
    once(createInterface({ input: child.stdout }), 'line'),
    ended.then(() => {
      throw new Error(`Swift did not start:\n${messages}`);
    }),
  ]);
  const endpoint = `http://127.0.0.1:${port}`;
  const put = (bucket: string, key: string | null, text?: string) => {
    const place = { endpoint, bucket, pathStyle: true, region: swiftRegion, ...swiftKeys, now: Date.now };
    return expectOk(createPresigner(place)(key, { method: 'PUT', expiresInSeconds: 60 }), text);
  };
  return {
    endpoint,
    createBucket: (bucket) => put(bucket, null),
    putObject: put,
    close: async () => {
      child.kill('SIGKILL');
      await ended;
      await rm(directory, { recursive: true });
    },
  };
}

async function expectOk(url: string, body = ''): Promise<void> {
  const answer = await fetch(url, { method: 'PUT', body });
  if (!answer.ok) throw new Error(`Swift answered ${answer.status}: ${await answer.text()}`);
}

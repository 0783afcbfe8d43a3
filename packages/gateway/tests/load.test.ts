import { readdir, stat } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { get, patterned } from './client.js';
import { s3, startTestBucket, startTestGateway } from './gateway-fixture.js';
import { sendBytes, startOrigin } from './origin-server.js';

const MIB = 1024 * 1024;

/** What the files of the cache take. */
async function diskBytes(directory: string): Promise<number> {
  const names = await readdir(directory, { recursive: true });
  const sizes = await Promise.all(
    names.map(async (name) => {
      const found = await stat(join(directory, name)).catch(() => null);
      return found?.isFile() ? found.blocks * 512 : 0;
    }),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

describe('bounds', () => {
  it('keeps the cache below its size, dropping what was used longest ago', async () => {
    const bucket = await startTestBucket();
    for (const name of ['a', 'b', 'c']) {
      await bucket.putObject(name, patterned(MIB), 'application/octet-stream');
    }
    const cache = { maxSize: '2.5MiB', maxObjectSize: '2MiB', maxMemory: 0 };
    const { url, directory } = await startTestGateway(s3(bucket.origin), { cache });
    const use = async (name: string) => (await get(url, `/${name}`)).headers['x-cache-hit'];
    const uses = [];
    for (const name of ['a', 'b', 'a', 'c', 'a', 'b']) uses.push(await use(name));
    expect(uses).toEqual(['miss', 'miss', 'hit', 'miss', 'hit', 'miss']);
    await expect.poll(() => diskBytes(join(directory, 'cache'))).toBeLessThanOrEqual(2.5 * MIB);
  });

  it('hands an object through that is larger than the cache takes', async () => {
    const bytes = patterned(4 * MIB);
    const bucket = await startTestBucket();
    await bucket.putObject('a', bytes, 'application/octet-stream');
    const { url, directory } = await startTestGateway(s3(bucket.origin), { cache: { maxSize: '8MiB' } });
    for (const _ of [1, 2]) {
      const answer = await get(url, '/a');
      expect(answer.body.equals(bytes)).toBe(true);
      expect(answer.headers['x-cache-hit']).toBe('miss');
    }
    expect((await get(url, '/a', { headers: { range: 'bytes=3000000-3000009' } })).body).toHaveLength(10);
    expect(await diskBytes(join(directory, 'cache'))).toBe(0);
  });

  it('fetches little more of an object than an aborted download took, and ends its request', async () => {
    const bytes = patterned(24 * MIB);
    const origin = await startOrigin((request, response) => sendBytes(request, response, bytes));
    const { port, directory } = await startTestGateway(s3(origin.origin));
    const socket = connect({ port, host: '127.0.0.1' });
    socket.write('GET /a HTTP/1.1\r\nHost: localhost\r\n\r\n');
    await new Promise((resolve) => socket.once('data', resolve));
    socket.destroy();
    await expect.poll(() => origin.open()).toBe(0);
    expect(await diskBytes(join(directory, 'cache'))).toBeLessThan(12 * MIB);
  });

  it('serves 1,000 clients at once, each its own bytes', async () => {
    const bytes = patterned(3 * MIB);
    const bucket = await startTestBucket();
    await bucket.putObject('a', bytes, 'application/octet-stream');
    const { url } = await startTestGateway(s3(bucket.origin));
    const answers = await Promise.all(
      Array.from({ length: 1000 }, async (_, client) => {
        const start = client * 3000;
        const range = `bytes=${start}-${start + 19_999}`;
        const { status, body } = await get(url, '/a', { headers: { range } });
        return status === 206 && body.equals(bytes.subarray(start, start + 20_000));
      }),
    );
    expect(answers.every((isRight) => isRight)).toBe(true);
  });
});

import { afterEach, describe, expect, it } from 'vitest';
import { bytesSource } from '../src/blob-source.js';
import { startNodeWorker } from '../src/pool/node-worker.js';
import { ProbePool, type ProbePoolOptions } from '../src/pool/probe-pool.js';
import { probe } from '../src/probe.js';
import { readMedia } from './media-files.js';

interface Target {
  readonly bytes?: Uint8Array;
  readonly way?: string;
}

const png = readMedia('picture.png');
const pools: ProbePool<Target>[] = [];
let started = 0;

function createPool(options: Partial<ProbePoolOptions> = {}): ProbePool<Target> {
  started = 0;
  const pool = new ProbePool<Target>({
    start: () => {
      started += 1;
      return startNodeWorker(new URL('./bytes-worker.mjs', import.meta.url), {
        resourceLimits: { maxOldGenerationSizeMb: 64 },
      });
    },
    timeoutMs: 3000,
    blockedMs: 1000,
    ...options,
  });
  pools.push(pool);
  return pool;
}
const failureOf = (promise: Promise<unknown>) =>
  promise.then(
    () => null,
    (reason: unknown) => reason,
  );
const width = async (promise: ReturnType<ProbePool<Target>['measure']>) => (await promise).metadata;

afterEach(() => {
  for (const pool of pools.splice(0)) pool.close();
});

describe('a pool', () => {
  it('measures many objects, and starts no more workers than allowed', async () => {
    const pool = createPool({ workers: 2, perWorker: 4 });
    const all = await Promise.all(
      Array.from({ length: 50 }, () => width(pool.measure('image', { bytes: png }))),
    );
    expect(all).toHaveLength(50);
    expect(new Set(all.map((metadata) => JSON.stringify(metadata)))).toEqual(
      new Set(['{"mimeType":"image/png","fileSize":274,"width":61,"height":37}']),
    );
    expect(started).toBe(2);
  });

  it('hands on the error of an object', async () => {
    const error = await failureOf(createPool().measure('video', { bytes: png }));
    expect(error).toMatchObject({ name: 'ProbeError', code: 'wrong_type' });
  });

  it('ends a worker in an endless loop, and measures what it had beside it', async () => {
    const pool = createPool({ workers: 1 });
    const loop = failureOf(pool.measure('image', { way: 'loop' }));
    const others = Array.from({ length: 5 }, () => width(pool.measure('image', { bytes: png })));
    expect(await loop).toMatchObject({ code: 'timed_out' });
    expect(await Promise.all(others)).toHaveLength(5);
    expect(await width(pool.measure('image', { bytes: png }))).toMatchObject({ width: 61 });
  });

  it('ends what waits for ever', async () => {
    const pool = createPool({ workers: 1, timeoutMs: 500 });
    expect(await failureOf(pool.measure('image', { way: 'wait' }))).toMatchObject({ code: 'timed_out' });
    expect(await width(pool.measure('image', { bytes: png }))).toMatchObject({ width: 61 });
  });

  it.each(['exit', 'memory'])('outlives a worker that ends by itself: %s', async (way) => {
    const pool = createPool({ workers: 1, timeoutMs: 20_000, blockedMs: 20_000 });
    const lost = failureOf(pool.measure('image', { way }));
    const other = width(pool.measure('image', { bytes: png }));
    expect(await lost).toMatchObject({ code: 'corrupt' });
    expect(await other).toMatchObject({ width: 61 });
  });

  it('tells that its workers can not start', async () => {
    const pool = new ProbePool<Target>({
      start: () => startNodeWorker(new URL('./none.mjs', import.meta.url)),
    });
    pools.push(pool);
    expect(await failureOf(pool.measure('image', { bytes: png }))).toMatchObject({
      name: 'Error',
      message: 'A worker that measures could not start.',
    });
  });

  it('rejects at once with the reason of an abort', async () => {
    const pool = createPool({ workers: 1, perWorker: 1 });
    const controller = new AbortController();
    const running = failureOf(pool.measure('image', { way: 'wait' }, controller));
    const waiting = failureOf(pool.measure('image', { bytes: png }, controller));
    controller.abort(new Error('enough'));
    expect(await running).toMatchObject({ message: 'enough' });
    expect(await waiting).toMatchObject({ message: 'enough' });
  });

  it('rejects what is open when it closes', async () => {
    const pool = createPool({ workers: 1, perWorker: 1 });
    const open = [pool.measure('image', { way: 'wait' }), pool.measure('image', { bytes: png })].map(
      failureOf,
    );
    pool.close();
    for (const error of await Promise.all(open)) expect(error).toMatchObject({ name: 'AbortError' });
  });
});

describe('a WebM on which mediabunny loops for ever', () => {
  const webm = readMedia('clip.webm');
  const halfZero = webm.slice().fill(0, webm.length / 2);
  // The size of the Segment has 8 bytes; junk follows.
  const segment = Buffer.from(webm).indexOf(Buffer.from([0x18, 0x53, 0x80, 0x67])) + 12;
  const junk = Uint8Array.from(Buffer.concat([webm.slice(0, segment), Buffer.alloc(webm.length, 0xa7)]));

  it.each([
    ['whose second half is zeros', halfZero],
    ['with junk behind the header of its Segment', junk],
  ])('%s ends with its worker', async (_what, bytes) => {
    const pool = createPool({ workers: 1, timeoutMs: 1500 });
    expect(await failureOf(pool.measure('video', { way: 'mediabunny', bytes }))).toMatchObject({
      code: 'timed_out',
    });
    expect(await width(pool.measure('image', { bytes: png }))).toMatchObject({ width: 61 });
  });

  it('is read by our own reader, which stops at the damage', async () => {
    expect(await probe('video', bytesSource(halfZero))).toMatchObject({ width: 64, height: 48 });
    expect(await failureOf(probe('video', bytesSource(junk)))).toMatchObject({ name: 'ProbeError' });
  });
});

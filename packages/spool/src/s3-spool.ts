import { randomUUID } from 'node:crypto';
import { LatchkeyError } from '@latchkey/contract/errors';
import { RecentMap } from './recent-map.js';
import { S3AnswerError } from './s3-answer-error.js';
import { createS3Client, type S3Client, type S3ClientOptions } from './s3-client.js';
import { type SegmentCount, SegmentObjects } from './segment-objects.js';
import { sendSegments } from './send-segments.js';
import {
  checkKey,
  checkRange,
  type Spool,
  SpoolDamagedError,
  SpoolMissingError,
  SpoolRangeError,
} from './spool.js';
import type { S3SpoolConfig } from './spool-config.js';

export interface S3SpoolOptions extends S3ClientOptions {
  /** Of manifests that are written; one that is read says its own. */
  segmentBytes: number;
}

const DEFAULTS: S3SpoolOptions = {
  now: Date.now,
  timeoutMs: 30_000,
  backoffMs: 200,
  segmentBytes: 8 * 1024 * 1024,
};
const PARALLEL_READS = 2;

/**
 * Any S3-compatible bucket that takes pre-signed PUT, GET and DELETE. A manifest is `<key>/000000`, `<key>/000001`...
 * and at last `<key>/count`, which makes it complete.
 * @throws {PresignError} for a bucket or a host that no URL can be made of
 */
export function createS3Spool(config: S3SpoolConfig, options: Partial<S3SpoolOptions> = {}): Spool {
  const settings = { ...DEFAULTS, ...options };
  const client = createS3Client(config, settings);
  const counts = new RecentMap<SegmentCount>();
  const objectsOf = (key: string): SegmentObjects => {
    checkKey(key);
    return new SegmentObjects(client, config.prefix, key);
  };
  const countOf = async (key: string): Promise<SegmentCount> => {
    const known = counts.get(key);
    if (known !== undefined) return known;
    const count = await objectsOf(key).getCount();
    if (count === null) throw new SpoolMissingError(key);
    counts.set(key, count);
    return count;
  };
  return {
    async write(key, bytes) {
      await writeManifest(objectsOf(key), bytes, settings.segmentBytes);
    },
    async read(key, start, end) {
      checkRange(start, end);
      const count = await inBucket(() => countOf(key));
      if (end > count.bytes) throw new SpoolRangeError(key, count.bytes);
      return inBucket(() => readManifest(objectsOf(key), key, count, start, end));
    },
    async remove(key) {
      counts.delete(key);
      const objects = objectsOf(key);
      await inBucket(async () => objects.remove(await objects.findEnd()));
    },
    check: () => inBucket(() => probe(client, `${config.prefix}check-${randomUUID()}`)),
  };
}

async function writeManifest(
  objects: SegmentObjects,
  bytes: AsyncIterable<Uint8Array>,
  segmentBytes: number,
): Promise<void> {
  let started = 0;
  try {
    const sent = await sendSegments(bytes, segmentBytes, (number, segment) => {
      started = number + 1;
      return inBucket(() => objects.put(number, segment));
    });
    await inBucket(() => objects.putCount({ ...sent, segmentBytes }));
  } catch (error) {
    // The first failure is the one to tell; what cannot be removed now, `remove` removes.
    if (!isUnreachable(error)) await objects.remove(started).catch(() => undefined);
    throw error;
  }
}

async function readManifest(
  objects: SegmentObjects,
  key: string,
  { segmentBytes }: SegmentCount,
  start: number,
  end: number,
): Promise<Buffer> {
  const readSegment = async (number: number): Promise<Buffer> => {
    const offset = number * segmentBytes;
    const [from, to] = [Math.max(0, start - offset), Math.min(segmentBytes, end - offset)];
    const bytes = await objects.get(number, from, to);
    if (bytes === null) throw new SpoolMissingError(key);
    if (bytes.length !== to - from) throw new SpoolDamagedError(key, `segment ${number} is cut`);
    return bytes;
  };
  const pieces: Buffer[] = [];
  let next = Math.floor(start / segmentBytes);
  const stop = start === end ? next : Math.ceil(end / segmentBytes);
  while (next < stop) {
    const numbers = Array.from({ length: Math.min(PARALLEL_READS, stop - next) }, (_, index) => next + index);
    pieces.push(...(await Promise.all(numbers.map(readSegment))));
    next += numbers.length;
  }
  return pieces.length === 1 && pieces[0] !== undefined ? pieces[0] : Buffer.concat(pieces);
}

/** Also that a missing object is told from a forbidden one, which S3 does for whoever may list. */
async function probe(client: S3Client, key: string): Promise<void> {
  await client.put(key, new Uint8Array(1));
  try {
    if ((await client.get(key, 0, 1))?.length !== 1)
      throw new S3AnswerError('The bucket does not keep what was put into it.', 200, '');
  } finally {
    await client.delete(key);
  }
  await client.get(key, 0, 1);
}

function isUnreachable(error: unknown): boolean {
  return (
    error instanceof LatchkeyError && error.cause instanceof S3AnswerError && error.cause.status === null
  );
}

async function inBucket<Result>(action: () => Promise<Result>): Promise<Result> {
  try {
    return await action();
  } catch (error) {
    if (!(error instanceof S3AnswerError)) throw error;
    throw new LatchkeyError(error.isFull ? 'spool_full' : 'spool_unavailable', undefined, { cause: error });
  }
}

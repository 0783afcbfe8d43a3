import { createSecretKey, randomUUID } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Bucket, type BucketOptions, startBucket } from '@latchkey/bucket/start-bucket';
import { onTestFinished } from 'vitest';
import { openDirectorySpool } from '../src/directory-spool.js';
import { createS3Spool, type S3SpoolOptions } from '../src/s3-spool.js';
import { type SpoolKeys, sealSpool } from '../src/sealed-spool.js';
import type { Spool } from '../src/spool.js';
import type { S3SpoolConfig } from '../src/spool-config.js';

/** Keys of one byte again and again; the first one seals. */
export function keysOf(...bytes: number[]): SpoolKeys {
  const all = bytes.map((byte) => ({
    id: Buffer.alloc(4, byte),
    key: createSecretKey(Buffer.alloc(32, byte)),
  }));
  const [current, oldest] = [all[0], all.at(-1)];
  if (!current || !oldest) throw new TypeError('Give a key.');
  return { current, oldest, find: (id) => all.find((key) => key.id.equals(id)) ?? null };
}

export const SECRET_KEYS = keysOf(7);
export const CREDENTIALS = { accessKeyId: 'AKIDSPOOL', secretAccessKey: 'spool/SECRET+of=tests' };
const SEGMENT_BYTES = 1_000_003;

/** A place for a spool, and the names of what lies there. */
export interface Place {
  spool: Spool;
  names(): Promise<string[]>;
}

export const newKey = (): string => `${randomUUID()}.manifest`;

export async function temporaryDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'latchkey-spool-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  return directory;
}

export async function directoryPlace(): Promise<Place & { directory: string }> {
  const directory = join(await temporaryDirectory(), 'spool');
  return { directory, spool: await openDirectorySpool(directory), names: () => readdir(directory) };
}

/** Removed with its bytes at the end of the test. */
export async function openBucket(options: Partial<BucketOptions> = {}): Promise<Bucket> {
  const directory = await temporaryDirectory();
  const bucket = await startBucket({
    directory,
    ...CREDENTIALS,
    bucket: 'manifests',
    allowedOrigins: [],
    writable: true,
    ...options,
  });
  onTestFinished(() => bucket.close());
  return bucket;
}

export function configFor(origin: string): S3SpoolConfig {
  return {
    kind: 's3',
    endpoint: origin,
    bucket: 'manifests',
    prefix: 'latchkey/a b/',
    region: 'eu-west-2',
    pathStyle: true,
    ...CREDENTIALS,
    sessionToken: null,
  };
}

export function s3Spool(origin: string, options: Partial<S3SpoolOptions> = {}): Spool {
  return createS3Spool(configFor(origin), { segmentBytes: SEGMENT_BYTES, backoffMs: 5, ...options });
}

export async function s3Place(): Promise<Place> {
  const bucket = await openBucket();
  return { spool: s3Spool(bucket.origin), names: async () => namesIn(bucket) };
}

/** What was put and not deleted since, as the log of the bucket tells. */
export function namesIn(bucket: Bucket): string[] {
  const names = new Set<string>();
  for (const { method, path, status } of bucket.log) {
    if (method === 'PUT' && status === 200) names.add(path);
    if (method === 'DELETE' && status === 204) names.delete(path);
  }
  return [...names];
}

export const places: Record<string, () => Promise<Place>> = {
  directory: directoryPlace,
  'sealed directory': async () => sealed(await directoryPlace()),
  s3: s3Place,
  'sealed s3': async () => sealed(await s3Place()),
};

function sealed({ spool, names }: Place): Place {
  return { spool: sealSpool(spool, SECRET_KEYS), names };
}

/** The bytes in chunks whose sizes repeat; all of them in the same memory, as the port allows. */
export async function* inChunks(bytes: Buffer, sizes: readonly number[]): AsyncGenerator<Buffer> {
  const memory = Buffer.alloc(Math.max(...sizes));
  for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
    const size = sizes[turn % sizes.length] ?? 1;
    const taken = bytes.copy(memory, 0, at, at + size);
    yield memory.subarray(0, taken);
    at += taken;
  }
}

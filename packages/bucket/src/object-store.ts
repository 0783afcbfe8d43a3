import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { validateHeaderValue } from 'node:http';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { S3Error } from './s3-error.js';

export interface StoredObject {
  path: string;
  size: number;
  contentType: string;
  /** With its quotes. */
  etag: string;
  /** An HTTP date. */
  lastModified: string;
}

const MAX_KEY_BYTES = 1024;

/**
 * Objects as files named by the hash of their bytes: any key is safe on disk, and whoever reads an object
 * while it is replaced gets the old one to its end. Keys are known as long as the process lives.
 */
export class ObjectStore {
  readonly #directory: string;
  readonly #now: () => number;
  readonly #objects = new Map<string, StoredObject>();

  constructor(directory: string, now: () => number) {
    this.#directory = directory;
    this.#now = now;
  }

  get(key: string): StoredObject | undefined {
    return this.#objects.get(key);
  }

  /**
   * @param source the bytes, or the path of a file to copy
   * @throws {S3Error} `KeyTooLongError`, `InvalidArgument`
   */
  async put(key: string, source: Uint8Array | string, contentType: string): Promise<void> {
    checkKey(key);
    validateHeaderValue('Content-Type', contentType);
    await mkdir(this.#directory, { recursive: true });
    const partial = join(this.#directory, `${randomUUID()}.part`);
    try {
      const { hash, size } = await copy(source, partial);
      const path = join(this.#directory, hash);
      await rename(partial, path);
      const lastModified = new Date(this.#now()).toUTCString();
      this.#objects.set(key, { path, size, contentType, etag: `"${hash.slice(0, 32)}"`, lastModified });
    } finally {
      await rm(partial, { force: true });
    }
  }
}

async function copy(source: Uint8Array | string, path: string): Promise<{ hash: string; size: number }> {
  const hash = createHash('sha256');
  let size = 0;
  await pipeline(
    typeof source === 'string' ? createReadStream(source) : Readable.from([source]),
    async function* (chunks: AsyncIterable<Uint8Array>) {
      for await (const chunk of chunks) {
        hash.update(chunk);
        size += chunk.length;
        yield chunk;
      }
    },
    createWriteStream(path),
  );
  return { hash: hash.digest('hex'), size };
}

function checkKey(key: string): void {
  if (key === '') throw new S3Error(400, 'InvalidArgument', 'The key is empty: give the name of an object.');
  const bytes = Buffer.byteLength(key);
  if (bytes > MAX_KEY_BYTES) {
    throw new S3Error(
      400,
      'KeyTooLongError',
      `The key has ${bytes} bytes: at most ${MAX_KEY_BYTES} are allowed.`,
    );
  }
}

import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
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
  /** `null`, as S3 writes it, in a bucket without versions. */
  versionId: string;
}

export interface ObjectStoreOptions {
  directory: string;
  now: () => number;
  /** Of all objects together. */
  maxBytes: number;
  /** What is replaced or removed can still be had by its version. */
  versioned: boolean;
}

/** Bytes, the path of a file, or a stream. */
export type ObjectSource = Uint8Array | string | AsyncIterable<Uint8Array>;

const MAX_KEY_BYTES = 1024;

/**
 * Every object is a file of its own with a name of ours: any key is safe on disk, and whoever reads an object
 * while it is replaced or removed gets the old one to its end. Keys are known as long as the process lives.
 */
export class ObjectStore {
  readonly #directory: string;
  readonly #now: () => number;
  readonly #maxBytes: number;
  readonly #versioned: boolean;
  readonly #objects = new Map<string, StoredObject>();
  /** Those that are not the current ones, by key. */
  readonly #older = new Map<string, StoredObject[]>();
  /** The keys in the order of their bytes; null: to be sorted anew. */
  #sortedKeys: readonly string[] | null = null;
  #usedBytes = 0;

  constructor({ directory, now, maxBytes, versioned }: ObjectStoreOptions) {
    this.#directory = directory;
    this.#now = now;
    this.#maxBytes = maxBytes;
    this.#versioned = versioned;
  }

  get(key: string): StoredObject | undefined {
    return this.#objects.get(key);
  }

  getVersion(key: string, versionId: string): StoredObject | undefined {
    const current = this.#objects.get(key);
    const versions = [...(current ? [current] : []), ...(this.#older.get(key) ?? [])];
    return versions.find((version) => version.versionId === versionId);
  }

  /** As S3 lists them: in the order of their bytes in UTF-8. */
  keys(): readonly string[] {
    this.#sortedKeys ??= [...this.#objects.keys()]
      .map((key) => ({ key, bytes: Buffer.from(key) }))
      .sort((a, b) => a.bytes.compare(b.bytes))
      .map(({ key }) => key);
    return this.#sortedKeys;
  }

  /**
   * @param source the bytes, or the path of a file to copy
   * @throws {S3Error} `KeyTooLongError`, `InvalidArgument`, `XMinioStorageFull`
   */
  async put(key: string, source: ObjectSource, contentType: string): Promise<StoredObject> {
    checkKey(key);
    validateHeaderValue('Content-Type', contentType);
    await mkdir(this.#directory, { recursive: true });
    const path = join(this.#directory, randomUUID());
    try {
      const { hash, size } = await copy(source, path);
      const lastModified = new Date(this.#now()).toUTCString();
      const versionId = this.#versioned ? randomUUID().replaceAll('-', '') : 'null';
      const object = { path, size, contentType, etag: `"${hash.slice(0, 32)}"`, lastModified, versionId };
      const replaced = this.#replace(key, object);
      if (replaced !== undefined) await this.#retire(key, replaced);
      return object;
    } catch (error) {
      await rm(path, { force: true });
      throw error;
    }
  }

  /** Does nothing for a key that is not there, as S3. */
  async remove(key: string): Promise<void> {
    const object = this.#objects.get(key);
    if (object === undefined) return;
    this.#objects.delete(key);
    this.#sortedKeys = null;
    if (!this.#versioned) this.#usedBytes -= object.size;
    await this.#retire(key, object);
  }

  async #retire(key: string, object: StoredObject): Promise<void> {
    if (this.#versioned) this.#older.set(key, [...(this.#older.get(key) ?? []), object]);
    else await rm(object.path, { force: true });
  }

  #replace(key: string, object: StoredObject): StoredObject | undefined {
    const replaced = this.#objects.get(key);
    const freed = this.#versioned ? 0 : (replaced?.size ?? 0);
    const usedBytes = this.#usedBytes - freed + object.size;
    if (usedBytes > this.#maxBytes) throw storageFull();
    this.#usedBytes = usedBytes;
    this.#objects.set(key, object);
    if (replaced === undefined) this.#sortedKeys = null;
    return replaced;
  }
}

async function copy(source: ObjectSource, path: string): Promise<{ hash: string; size: number }> {
  const hash = createHash('sha256');
  let size = 0;
  await pipeline(
    openSource(source),
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

function openSource(source: ObjectSource): AsyncIterable<Uint8Array> {
  if (typeof source === 'string') return createReadStream(source);
  return source instanceof Uint8Array ? Readable.from([source]) : source;
}

/** The code and the status of MinIO, for S3 itself has no end. */
function storageFull(): S3Error {
  return new S3Error(507, 'XMinioStorageFull', 'The bucket has no room left for this object.');
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

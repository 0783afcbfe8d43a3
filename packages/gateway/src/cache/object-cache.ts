import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ByteRange } from '../http/conditions.js';
import { type AnswerSink, type ObjectRequest, OriginError } from '../origin/origin.js';
import { type BlockOwner, blockBytes } from './blocks.js';
import { CachedObject, type ObjectSource } from './cached-object.js';
import { ObjectStore } from './object-store.js';
import { readHead } from './read-head.js';

export interface CacheOptions {
  /** Belongs to the cache alone, and is emptied at the start. */
  directory: string;
  maxBytes: number;
  maxMemoryBytes: number;
  maxObjects: number;
  /** A larger object is handed through. */
  maxObjectBytes: number;
  /** The clock, in epoch milliseconds. */
  now: () => number;
  onError: (error: unknown) => void;
}

export type CacheOutcome = 'hit' | 'miss' | 'revalidated' | 'bypass';

export interface Opened {
  object: CachedObject;
  outcome: CacheOutcome;
}

/** What of an object is needed first. */
export type Need = 'head' | 'all' | Readonly<ByteRange>;

/** How many objects at the old end are looked at for one that is not in use. */
const evictionLook = 256;

/**
 * Objects by key, the last used ones at the end. Only what the origin gave whole and without an error is kept; an
 * object in use is never dropped, and what finds no room beside those in use is handed through.
 */
export class ObjectCache {
  readonly #options: CacheOptions;
  readonly #directory: string;
  readonly #objects = new Map<string, CachedObject>();
  readonly #keys = new WeakMap<BlockOwner, string>();
  readonly #opening = new Map<string, Promise<Opened>>();
  readonly #store: ObjectStore;
  #lastId = 0;

  private constructor(options: CacheOptions, directory: string) {
    this.#options = options;
    this.#directory = directory;
    this.#store = new ObjectStore({
      directory,
      maxBytes: options.maxBytes,
      maxMemoryBytes: options.maxMemoryBytes,
      makeRoom: (bytes) => this.#makeRoom(bytes),
      forget: (object) => this.#forget(object),
      onError: options.onError,
    });
  }

  /** Starts empty: what an earlier process kept is removed, beside the requests. */
  static async open(options: CacheOptions): Promise<ObjectCache> {
    await mkdir(options.directory, { recursive: true, mode: 0o700 });
    await removeLeftovers(options.directory, options.onError);
    const directory = join(options.directory, `run-${randomUUID()}`);
    await mkdir(directory, { mode: 0o700 });
    return new ObjectCache(options, directory);
  }

  get stats(): { objects: number; bytes: number; memoryBytes: number } {
    return {
      objects: this.#objects.size,
      bytes: this.#store.usedBytes,
      memoryBytes: this.#store.memoryBytes,
    };
  }

  /** An object that may be served without asking the origin. */
  fresh(key: string): CachedObject | null {
    const object = this.#objects.get(key);
    if (object === undefined || object.freshUntil <= this.#options.now()) return null;
    this.#objects.delete(key);
    this.#objects.set(key, object);
    return object;
  }

  /**
   * Asks the origin, once for all who want the same at the same time.
   * @throws {OriginError}
   */
  open(key: string, source: ObjectSource, need: Need, ttlMs: number): Promise<Opened> {
    const running = this.#opening.get(key);
    if (running !== undefined) return running;
    const known = this.#objects.get(key);
    const opening =
      known === undefined
        ? this.#fetch(key, source, need, ttlMs)
        : this.#revalidate(key, known, source, need, ttlMs);
    this.#opening.set(key, opening);
    const done = () => this.#opening.delete(key);
    opening.then(done, done);
    return opening;
  }

  /** The object as the origin has it now. A copy of another version is dropped; nothing of this one is kept. */
  async bypass(key: string, source: ObjectSource, need: Need): Promise<Opened> {
    const object = await this.#ask(source, need, false);
    const known = this.#objects.get(key);
    if (known !== undefined && known.head.etag !== object.head.etag) this.#forget(known);
    return { object, outcome: 'bypass' };
  }

  async close(): Promise<void> {
    for (const object of [...this.#objects.values()]) this.#forget(object);
    this.#store.close();
    await rm(this.#directory, { recursive: true, force: true });
  }

  async #fetch(key: string, source: ObjectSource, need: Need, ttlMs: number): Promise<Opened> {
    const object = await this.#ask(source, need, ttlMs > 0);
    if (ttlMs > 0) {
      object.freshUntil = this.#options.now() + ttlMs;
      this.#keys.set(object, key);
      this.#objects.set(key, object);
      if (this.#objects.size > this.#options.maxObjects) this.#evictOne();
    }
    return { object, outcome: 'miss' };
  }

  async #revalidate(
    key: string,
    known: CachedObject,
    source: ObjectSource,
    need: Need,
    ttlMs: number,
  ): Promise<Opened> {
    const isSame = await this.#isUnchanged(known, source).catch((error: unknown) => {
      if (error instanceof OriginError && !error.isPassing) this.#forget(known);
      throw error;
    });
    if (isSame) {
      known.freshUntil = this.#options.now() + ttlMs;
      return { object: known, outcome: 'revalidated' };
    }
    this.#forget(known);
    return this.#fetch(key, source, need, ttlMs);
  }

  #isUnchanged({ head }: CachedObject, source: ObjectSource): Promise<boolean> {
    const request = { ...requestFor(source, 'head'), ifNoneMatch: head.etag };
    return new Promise((resolve, reject) => {
      source.origin.fetch(request, {
        onHead: ({ status, headers }) => resolve(status === 304 || headers['etag'] === head.etag),
        onData: () => true,
        onEnd: () => undefined,
        onError: reject,
      });
    });
  }

  async #ask(source: ObjectSource, need: Need, mayKeep: boolean): Promise<CachedObject> {
    try {
      return await this.#start(source, need, mayKeep);
    } catch (error) {
      // The range lies behind the end, and how long the object is was not told.
      const isBehind = error instanceof OriginError && error.kind === 'unsatisfiable' && need !== 'head';
      if (!isBehind) throw error;
      return this.#start(source, 'head', mayKeep);
    }
  }

  /** Resolves with the head; the body goes on into the first fill of the object. */
  #start(source: ObjectSource, need: Need, mayKeep: boolean): Promise<CachedObject> {
    return new Promise((resolve, reject) => {
      let body: Pick<AnswerSink, 'onData' | 'onEnd' | 'onError'> = {
        onData: () => true,
        onEnd: () => undefined,
        onError: reject,
      };
      const call = source.origin.fetch(requestFor(source, need), {
        onHead: ({ status, headers }) => {
          const answer = readHead(status, headers);
          if (answer instanceof OriginError) {
            call.abort();
            return reject(answer);
          }
          const isKept = mayKeep && answer.head.size <= this.#options.maxObjectBytes;
          this.#lastId += 1;
          const object = new CachedObject(this.#lastId, answer.head, source, this.#store, isKept);
          if (need !== 'head' && answer.start < answer.end) {
            const fill = object.adopt(answer.start, answer.end);
            body = fill.sink;
            fill.run(call);
            // Those who wait for the object join before this.
            setImmediate(() => fill.endIfUnread());
          }
          resolve(object);
        },
        onData: (chunk) => body.onData(chunk),
        onEnd: () => body.onEnd(),
        onError: (error) => body.onError(error),
      });
    });
  }

  #makeRoom(bytes: number): boolean {
    while (this.#store.usedBytes + bytes > this.#options.maxBytes) {
      if (!this.#evictOne()) return false;
    }
    return true;
  }

  /** Drops the idle object that was used longest ago. */
  #evictOne(): boolean {
    let looked = 0;
    for (const object of this.#objects.values()) {
      if (object.isIdle) {
        this.#forget(object);
        return true;
      }
      looked += 1;
      if (looked === evictionLook) return false;
    }
    return false;
  }

  #forget(object: BlockOwner): void {
    const key = this.#keys.get(object);
    if (key !== undefined && this.#objects.get(key) === object) this.#objects.delete(key);
    object.retire();
  }
}

function requestFor({ key, query }: ObjectSource, need: Need): ObjectRequest {
  const range =
    typeof need === 'string'
      ? null
      : {
          start: Math.floor(need.start / blockBytes) * blockBytes,
          end: Math.ceil(need.end / blockBytes) * blockBytes,
        };
  return { method: need === 'head' ? 'HEAD' : 'GET', key, query, range, ifMatch: null, ifNoneMatch: null };
}

/** Renamed first, so that the start does not wait until a large cache is removed. */
async function removeLeftovers(directory: string, onError: (error: unknown) => void): Promise<void> {
  const leftovers = (await readdir(directory)).filter((name) => /^(run|old)-[0-9a-f-]{36}$/.test(name));
  for (const name of leftovers) {
    const old = join(directory, `old-${randomUUID()}`);
    await rename(join(directory, name), old);
    rm(old, { recursive: true, force: true }).catch(onError);
  }
}

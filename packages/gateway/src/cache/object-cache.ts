import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ByteRange } from '../http/conditions.js';
import { lifetimeOf, mergeCaching, pickCaching, type Ttl } from '../http/freshness.js';
import { type AnswerHead, type AnswerSink, type ObjectRequest, OriginError } from '../origin/origin.js';
import { type BlockOwner, blockBytes } from './blocks.js';
import { CachedObject, type ObjectSource } from './cached-object.js';
import type { ObjectHead } from './object-head.js';
import { ObjectStore } from './object-store.js';
import { headAfter304, readHead } from './read-head.js';

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

/** What the origin is asked. */
interface Question {
  readonly source: ObjectSource;
  readonly need: Need;
  readonly ttl: Ttl;
  readonly mayKeep: boolean;
  /** The copy there is, which may still be good. */
  readonly known: CachedObject | undefined;
}

type KnownQuestion = Question & { readonly known: CachedObject };

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
  open(key: string, source: ObjectSource, need: Need, ttl: Ttl): Promise<Opened> {
    const running = this.#opening.get(key);
    if (running !== undefined) return running;
    const opening = this.#fetch(key, { source, need, ttl, mayKeep: true, known: this.#objects.get(key) });
    this.#opening.set(key, opening);
    const done = () => this.#opening.delete(key);
    opening.then(done, done);
    return opening;
  }

  /** The object as the origin has it now. A copy of another version is dropped; nothing of this one is kept. */
  async bypass(key: string, source: ObjectSource, need: Need, ttl: Ttl): Promise<Opened> {
    const object = await this.#ask({ source, need, ttl, mayKeep: false, known: undefined });
    const known = this.#objects.get(key);
    if (known !== undefined && known.head.etag !== object.head.etag) this.#forget(known);
    return { object, outcome: 'bypass' };
  }

  async close(): Promise<void> {
    for (const object of [...this.#objects.values()]) this.#forget(object);
    this.#store.close();
    await rm(this.#directory, { recursive: true, force: true });
  }

  async #fetch(key: string, question: Question): Promise<Opened> {
    const { known } = question;
    const object = await this.#ask(question).catch((error: unknown) => {
      if (known !== undefined && error instanceof OriginError && !error.isPassing) this.#forget(known);
      throw error;
    });
    if (known !== undefined && (object !== known || !object.isStorable)) this.#forget(known);
    if (object === known) return { object, outcome: 'revalidated' };
    if (object.isStorable) {
      this.#keys.set(object, key);
      this.#objects.set(key, object);
      if (this.#objects.size > this.#options.maxObjects) this.#evictOne();
    }
    return { object, outcome: 'miss' };
  }

  async #ask(question: Question): Promise<CachedObject> {
    try {
      return await this.#start(question);
    } catch (error) {
      // The range lies behind the end, and how long the object is was not told.
      const isBehind =
        error instanceof OriginError && error.kind === 'unsatisfiable' && question.need !== 'head';
      if (!isBehind) throw error;
      return this.#start({ ...question, need: 'head' });
    }
  }

  /** Resolves with the head; the body goes on into the first fill of the object. */
  #start(question: Question): Promise<CachedObject> {
    return new Promise((resolve, reject) => {
      let body: Pick<AnswerSink, 'onData' | 'onEnd' | 'onError'> = {
        onData: () => true,
        onEnd: () => undefined,
        onError: reject,
      };
      const call = question.source.origin.fetch(requestFor(question), {
        onHead: (head) => {
          if (this.#isStillGood(head, question)) {
            // A store that ignores the condition sends the body.
            if (head.status !== 304 && question.need !== 'head') call.abort();
            return resolve(question.known);
          }
          if (head.status === 304 && question.known !== undefined) {
            return resolve(this.#start({ ...question, known: undefined }));
          }
          const answer = readHead(head.status, head.headers);
          if (answer instanceof OriginError) {
            call.abort();
            return reject(answer);
          }
          const object = this.#create(answer.head, head.headers, question);
          if (question.need !== 'head' && answer.start < answer.end) {
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

  #create(
    head: ObjectHead,
    headers: AnswerHead['headers'],
    { source, ttl, mayKeep }: Question,
  ): CachedObject {
    const lifetime = lifetimeOf(ttl, headers, this.#options.now());
    const isStorable = lifetime !== null;
    const isKept = mayKeep && isStorable && head.size <= this.#options.maxObjectBytes;
    this.#lastId += 1;
    const object = new CachedObject(this.#lastId, head, source, this.#store, isKept);
    object.isStorable = isStorable;
    object.caching = pickCaching(headers);
    object.freshUntil = this.#options.now() + (lifetime ?? 0);
    return object;
  }

  /** Whether the answer is of the version that is known, whose head and lifetime are then those of the answer. */
  #isStillGood({ status, headers }: AnswerHead, question: Question): question is KnownQuestion {
    const { known, ttl } = question;
    if (known === undefined) return false;
    const head = status === 304 ? headAfter304(known.head, headers) : headOfSame(known, status, headers);
    if (head === null) return false;
    known.head = head;
    known.caching = mergeCaching(known.caching, headers);
    const lifetime = lifetimeOf(ttl, known.caching, this.#options.now());
    known.isStorable = lifetime !== null;
    known.freshUntil = this.#options.now() + (lifetime ?? 0);
    return true;
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

function requestFor({ source: { key, query }, need, known }: Question): ObjectRequest {
  const range =
    typeof need === 'string'
      ? null
      : {
          start: Math.floor(need.start / blockBytes) * blockBytes,
          end: Math.ceil(need.end / blockBytes) * blockBytes,
        };
  const ifNoneMatch = known?.head.etag ?? null;
  return { method: need === 'head' ? 'HEAD' : 'GET', key, query, range, ifMatch: null, ifNoneMatch };
}

/** Null if the answer is of another version. */
function headOfSame(
  { head }: CachedObject,
  status: number,
  headers: AnswerHead['headers'],
): ObjectHead | null {
  const answer = readHead(status, headers);
  const isSame =
    !(answer instanceof OriginError) && answer.head.etag === head.etag && answer.head.size === head.size;
  return isSame ? answer.head : null;
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

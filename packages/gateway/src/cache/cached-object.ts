import type { QueryParameter } from '../http/target.js';
import { type AnswerSink, type Origin, OriginError } from '../origin/origin.js';
import { type BlockOwner, blockBytes, blockOf, lengthOf } from './blocks.js';
import { Fill, type FillTarget } from './fill.js';
import type { ObjectHead } from './object-head.js';
import type { ObjectStore } from './object-store.js';
import { readHead } from './read-head.js';
import type { Reader } from './reader.js';

export interface ObjectSource {
  readonly origin: Origin;
  /** Decoded. */
  readonly key: string;
  readonly query: readonly QueryParameter[];
}

/** One version of one object: what is known of it, and which of its blocks are there. */
export class CachedObject implements FillTarget, BlockOwner {
  readonly id: number;
  /** Its ETag and size never change. */
  head: ObjectHead;
  readonly source: ObjectSource;
  /** Epoch milliseconds. */
  freshUntil = 0;
  /** What the origin said of how long it may be served unasked. */
  caching: Readonly<Record<string, string>> = {};
  /** False where it is for those who asked for it now, and for nobody after them. */
  isStorable = false;
  storedBytes = 0;
  readonly writing = new Map<number, Buffer>();
  readonly stored: Uint8Array;
  readonly #store: ObjectStore;
  readonly #fills = new Set<Fill>();
  /** Ended before those who wait for it began to read: a short answer comes whole with its head. */
  #ended: Fill | null = null;
  #isRetired = false;
  #isKept: boolean;
  #readers = 0;

  constructor(id: number, head: ObjectHead, source: ObjectSource, store: ObjectStore, isKept: boolean) {
    this.id = id;
    this.head = head;
    this.source = source;
    this.#store = store;
    this.#isKept = isKept;
    // None for what is handed through, however long its origin says that it is.
    this.stored = new Uint8Array(isKept ? Math.ceil(head.size / blockBytes) : 0);
  }

  get size(): number {
    return this.head.size;
  }

  get isKept(): boolean {
    return this.#isKept;
  }

  /** Nobody reads, fills or writes it. */
  get isIdle(): boolean {
    return this.#readers === 0 && this.#fills.size === 0 && this.writing.size === 0;
  }

  retire(): void {
    this.#isRetired = true;
    this.#isKept = false;
    this.settle();
  }

  stopKeeping(): void {
    this.#isKept = false;
  }

  enter(): void {
    this.#readers += 1;
  }

  leave(): void {
    this.#readers -= 1;
    this.#letGo();
    this.settle();
  }

  settle(): void {
    if (this.#isRetired && this.isIdle) this.#store.remove(this);
  }

  hasAll(start: number, end: number): boolean {
    for (let index = blockOf(start); index * blockBytes < end; index += 1) {
      if (this.stored[index] !== 1 && !this.writing.has(index)) return false;
    }
    return true;
  }

  /**
   * Bytes from `at` on, as many as there are up to `end`. Of what is not at hand a promise, of null when it is worth
   * asking again.
   * @throws {OriginError} also as a rejection
   */
  read(at: number, end: number, reader: Reader): Buffer | Promise<Buffer | null> {
    const followed = reader.slice(at, end);
    if (followed !== null) return followed;
    reader.checkFailure();
    const index = blockOf(at);
    const cut = (block: Buffer): Buffer =>
      block.subarray(at - index * blockBytes, Math.min(block.length, end - index * blockBytes));
    const block = this.writing.get(index) ?? this.#store.remembered(this, index);
    if (block !== null && block !== undefined) return cut(block);
    if (this.stored[index] === 1) {
      return this.#store.load(this, index).then((loaded) => (loaded === null ? null : cut(loaded)));
    }
    return this.#follow(at, end, reader);
  }

  keep(index: number, block: Buffer): void {
    if (this.#isKept) this.#store.save(this, index, block);
  }

  ended(fill: Fill): void {
    this.#fills.delete(fill);
    this.#ended = fill;
    setImmediate(() => this.#letGo());
    this.settle();
  }

  #letGo(): void {
    if (this.#readers === 0) this.#ended = null;
  }

  /** Makes the answer under way, whose head is known, the first fill. */
  adopt(start: number, end: number): Fill {
    const fill = new Fill(this, start, end);
    this.#fills.add(fill);
    return fill;
  }

  #follow(at: number, end: number, reader: Reader): Buffer | Promise<null> {
    const left = this.#ended?.slice(at, end) ?? null;
    if (left !== null) return left;
    const running = [...this.#fills].find((fill) => fill.covers(at));
    reader.follow(running ?? this.#startFill(blockOf(at), end));
    return reader.slice(at, end) ?? reader.news().then(() => null);
  }

  /** From a block up to the end of what is wanted, or the next block that is there. */
  #startFill(first: number, wantedEnd: number): Fill {
    let last = first + 1;
    while (last * blockBytes < wantedEnd && this.stored[last] !== 1 && !this.writing.has(last)) last += 1;
    const start = first * blockBytes;
    const end = Math.min(last * blockBytes, this.size);
    const fill = this.adopt(start, end);
    const { origin, key, query } = this.source;
    const request = {
      method: 'GET' as const,
      key,
      query,
      range: { start, end },
      ifMatch: this.head.etag,
      ifNoneMatch: null,
    };
    fill.run(origin.fetch(request, this.#sinkOf(fill, start, end)));
    return fill;
  }

  #sinkOf(fill: Fill, start: number, end: number): AnswerSink {
    return {
      onData: fill.sink.onData,
      onEnd: fill.sink.onEnd,
      onHead: ({ status, headers }) => {
        const answer = readHead(status, headers);
        if (answer instanceof OriginError) fill.fail(answer);
        else if (answer.head.etag !== this.head.etag) this.#failChanged(fill);
        else if (answer.start !== start || answer.end < end) {
          fill.fail(new OriginError('failed', 'The origin sent another range than it was asked for.'));
        }
      },
      onError: (error) => {
        if (error.kind === 'changed' || error.kind === 'missing') this.#store.forget(this);
        fill.sink.onError(error);
      },
    };
  }

  #failChanged(fill: Fill): void {
    this.#store.forget(this);
    fill.fail(new OriginError('changed', 'The object was replaced meanwhile.'));
  }

  blockLength(index: number): number {
    return lengthOf(index, this.size);
  }
}

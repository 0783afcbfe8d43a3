import { type AnswerSink, type OriginCall, OriginError } from '../origin/origin.js';
import { blockBytes, blockOf, lengthOf } from './blocks.js';

/** What a fill writes to. */
export interface FillTarget {
  readonly size: number;
  /** Whether complete blocks are kept, so that the fill may run ahead of its readers. */
  readonly isKept: boolean;
  keep(index: number, block: Buffer): void;
  ended(fill: Fill): void;
}

/** How far a fill runs ahead of its fastest reader: what an aborted download may have fetched in vain. */
const aheadBytes = 2 * 1024 * 1024;
/** A fill that waits for its readers longer gives its connection back; they begin another one. */
const maxPauseMs = 10_000;

/**
 * One answer of the origin on its way into blocks. Any number of readers follow it; it goes as fast as the fastest of
 * them, and ends when the last has left.
 */
export class Fill {
  failure: OriginError | null = null;
  readonly #target: FillTarget;
  readonly #end: number;
  readonly #wakeups = new Set<() => void>();
  #call: OriginCall | null = null;
  #at: number;
  #wanted: number;
  #block: Buffer | null = null;
  #blockStart: number;
  #held: Uint8Array | null = null;
  #readers = 0;
  #isOver = false;
  #hasEnded = false;
  #pause: NodeJS.Timeout | null = null;

  /** @param start of a block, and `end` the end of one or of the object */
  constructor(target: FillTarget, start: number, end: number) {
    this.#target = target;
    this.#at = start;
    this.#wanted = start;
    this.#blockStart = start;
    this.#end = end;
  }

  run(call: OriginCall): void {
    this.#call = call;
    if (this.#isOver) call.abort();
  }

  /** Takes the body; the head is for whoever made the call. */
  readonly sink: Pick<AnswerSink, 'onData' | 'onEnd' | 'onError'> = {
    onData: (chunk) => {
      this.#held = this.#held === null ? chunk : Buffer.concat([this.#held, chunk]);
      return this.#take();
    },
    onEnd: () => {
      this.#hasEnded = true;
      // What is held is taken when readers get there.
      if (this.#held === null) this.#failIfShort();
    },
    onError: (error) => this.fail(error),
  };

  /** Whether the byte is there or comes soon: a reader that is far ahead of it begins a fill of its own. */
  covers(at: number): boolean {
    return !this.#isOver && at >= this.#blockStart && at < this.#end && at <= this.#at + aheadBytes;
  }

  /** What there is of the current block from a byte on. */
  slice(at: number, end: number): Buffer | null {
    if (this.#block === null || at < this.#blockStart || at >= this.#at) return null;
    return this.#block.subarray(at - this.#blockStart, Math.min(this.#at, end) - this.#blockStart);
  }

  /** Calls once when there is news: bytes, a failure or the end. */
  next(wake: () => void): void {
    this.#wakeups.add(wake);
  }

  /** A reader has all bytes before this one. */
  want(at: number): void {
    if (at <= this.#wanted) return;
    this.#wanted = at;
    if (this.#held !== null && this.#take()) this.#call?.resume();
  }

  join(): void {
    this.#readers += 1;
  }

  leave(wake: () => void): void {
    this.#readers -= 1;
    this.#wakeups.delete(wake);
    this.endIfUnread();
  }

  endIfUnread(): void {
    if (this.#readers > 0 || this.#isOver) return;
    // A block that is nearly there is fetched to its end: the next range will ask for it.
    if (this.#target.isKept && this.#end - this.#at <= blockBytes) {
      this.want(this.#end);
      return;
    }
    this.#call?.abort();
    this.#finish(null);
  }

  fail(error: OriginError): void {
    if (!this.#isOver) this.#finish(error);
  }

  /** Whether the origin may go on. */
  #take(): boolean {
    while (this.#held !== null) {
      if (!this.#hasRoom()) {
        this.#startPause();
        // Who waits has to read what came before the boundary, or nobody would ever ask for more.
        this.#wake();
        return false;
      }
      const block = this.#openBlock();
      const room = this.#blockStart + block.length - this.#at;
      const piece = this.#held.subarray(0, room);
      block.set(piece, this.#at - this.#blockStart);
      this.#at += piece.length;
      this.#held = piece.length < this.#held.length ? this.#held.subarray(piece.length) : null;
      if (this.#at === this.#blockStart + block.length) this.#target.keep(blockOf(this.#blockStart), block);
      if (this.#at === this.#end) this.#finish(null);
    }
    this.#endPause();
    if (this.#hasEnded) this.#failIfShort();
    this.#wake();
    return true;
  }

  #failIfShort(): void {
    if (!this.#isOver) this.fail(new OriginError('failed', 'The origin ended its answer too early.'));
  }

  /** Blocks that are not kept are gone with the next one, so that waits until they are read. */
  #hasRoom(): boolean {
    const isBetween = this.#block === null || this.#at === this.#blockStart + this.#block.length;
    if (!isBetween) return true;
    return this.#target.isKept ? this.#at <= this.#wanted + aheadBytes : this.#at <= this.#wanted;
  }

  #openBlock(): Buffer {
    if (this.#block !== null && this.#at < this.#blockStart + this.#block.length) return this.#block;
    this.#blockStart = this.#at;
    const index = blockOf(this.#at);
    this.#block = Buffer.allocUnsafeSlow(
      Math.min(lengthOf(index, this.#target.size), this.#end - this.#at, blockBytes),
    );
    return this.#block;
  }

  #startPause(): void {
    this.#pause ??= setTimeout(() => {
      this.#call?.abort();
      this.#finish(null);
    }, maxPauseMs).unref();
  }

  #endPause(): void {
    if (this.#pause !== null) clearTimeout(this.#pause);
    this.#pause = null;
  }

  #finish(failure: OriginError | null): void {
    this.#isOver = true;
    this.failure = failure;
    this.#held = null;
    this.#endPause();
    this.#target.ended(this);
    this.#wake();
  }

  #wake(): void {
    const wakeups = [...this.#wakeups];
    this.#wakeups.clear();
    for (const wake of wakeups) wake();
  }
}

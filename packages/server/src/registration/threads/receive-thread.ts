import type { KeyObject } from 'node:crypto';
import { type Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type ResourceLimits, Worker } from 'node:worker_threads';
import { LatchkeyError } from '@latchkey/contract/errors';
import type { Received, ReceiveOptions, ReceiveReply, ReceiveRequest, ThreadOptions } from './messages.js';
import { fromThreadError } from './thread-error.js';

/** A message between threads costs as much as scanning some 50 KB. */
const blockBytes = 1024 * 1024;
/** Blocks of one body that may be on their way to the thread; it gives them back. */
const blocksInFlight = 4;

/**
 * There are few objects, and each has 64 KB outside of the heap: with the default of 48 MB it took so long until the
 * young ones were collected that the whole heap was, every 12 MB of a body.
 */
const resourceLimits: ResourceLimits = { maxYoungGenerationSizeMb: 1 };

interface Reception {
  blocks: number;
  readonly free: Uint8Array<ArrayBuffer>[];
  outcome: { received: Received } | { error: Error } | null;
  /** Called when room was made or the outcome is there. */
  wake: () => void;
}

/** Receives manifests in one thread, which starts with the first; any number at the same time, in turn. */
export class ReceiveThread {
  #options: ThreadOptions;
  readonly #receptions = new Map<number, Reception>();
  #worker: Worker | undefined;
  #lastId = 0;

  constructor(options: ThreadOptions) {
    this.#options = options;
  }

  /**
   * Reads the body to its end, also when it is refused before, so that the client has sent it all when it gets the
   * answer. Throws `body_incomplete`, `body_too_large`, `spool_full`, `spool_unavailable`.
   */
  async receive(body: Readable, options: ReceiveOptions): Promise<Received> {
    const id = ++this.#lastId;
    const worker = this.#started();
    const reception: Reception = { blocks: 0, free: [], outcome: null, wake: () => undefined };
    this.#receptions.set(id, reception);
    const post = (request: ReceiveRequest, transfer: ArrayBuffer[] = []): void =>
      worker.postMessage(request, transfer);
    post({ id, kind: 'start', options });
    try {
      await forward(
        body,
        reception,
        blockSink(reception, (bytes) => post({ id, kind: 'chunk', bytes }, [bytes.buffer])),
      );
      post({ id, kind: 'end' });
      return await outcomeOf(reception);
    } catch (error) {
      post({ id, kind: 'cut' });
      // The thread is done with the spool before the caller goes on.
      if (!reception.outcome) await outcomeOf(reception).catch(() => undefined);
      throw error;
    } finally {
      this.#receptions.delete(id);
    }
  }

  /** For what is received from now on. */
  setKeys(secretKeys: readonly KeyObject[]): void {
    this.#options = { ...this.#options, secretKeys };
    this.#worker?.postMessage({ kind: 'keys', secretKeys } satisfies ReceiveRequest);
  }

  async close(): Promise<void> {
    await this.#worker?.terminate();
  }

  #started(): Worker {
    if (this.#worker) return this.#worker;
    const worker = new Worker(new URL('./receive-worker.js', import.meta.url), {
      workerData: this.#options,
      resourceLimits,
    });
    worker.unref();
    worker.on('message', (reply: ReceiveReply) => this.#take(reply));
    const end = (cause?: unknown): void => {
      // A thread that ended with an error exits later, when another one may have taken its place.
      if (this.#worker !== worker) return;
      this.#worker = undefined;
      const error = new Error('The thread that received the manifest ended.', { cause });
      for (const reception of this.#receptions.values()) settle(reception, { error });
    };
    worker.on('error', end);
    worker.on('exit', () => end());
    this.#worker = worker;
    return worker;
  }

  #take(reply: ReceiveReply): void {
    const reception = this.#receptions.get(reply.id);
    if (!reception) return;
    if (reply.kind === 'received') settle(reception, { received: reply.received });
    else if (reply.kind === 'failed') settle(reception, { error: fromThreadError(reply.error) });
    else {
      reception.free.push(new Uint8Array(reply.block.buffer));
      wake(reception);
    }
  }
}

function settle(reception: Reception, outcome: NonNullable<Reception['outcome']>): void {
  reception.outcome ??= outcome;
  wake(reception);
}

/** Once: who waits still looks again and waits anew. */
function wake(reception: Reception): void {
  const { wake } = reception;
  reception.wake = () => undefined;
  wake();
}

const woken = (reception: Reception): Promise<void> =>
  new Promise((resolve) => {
    reception.wake = resolve;
  });

async function outcomeOf(reception: Reception): Promise<Received> {
  while (!reception.outcome) await woken(reception);
  if ('error' in reception.outcome) throw reception.outcome.error;
  return reception.outcome.received;
}

/** Ends early when there is an outcome. */
async function forward(body: Readable, reception: Reception, sink: Writable): Promise<void> {
  try {
    await pipeline(body, sink);
  } catch (cause) {
    if (!reception.outcome) throw new LatchkeyError('body_incomplete', undefined, { cause });
  }
}

/** Copies what it is given into blocks and sends them on, no faster than the thread takes them. */
function blockSink(reception: Reception, send: (bytes: Uint8Array<ArrayBuffer>) => void): Writable {
  let block: Uint8Array<ArrayBuffer> | null = null;
  let filled = 0;
  /** Answers what there is no block for. */
  const fill = (chunk: Uint8Array): Uint8Array => {
    let rest = chunk;
    while (rest.length > 0) {
      block ??= emptyBlock(reception);
      if (!block) break;
      const taken = Math.min(blockBytes - filled, rest.length);
      block.set(rest.subarray(0, taken), filled);
      rest = rest.subarray(taken);
      filled += taken;
      if (filled === blockBytes) {
        send(block);
        block = null;
        filled = 0;
      }
    }
    return rest;
  };
  const take = (chunk: Uint8Array, done: (error?: Error) => void): void => {
    const rest = fill(chunk);
    if (reception.outcome) done(new Error('There is an outcome before the end of the body.'));
    else if (rest.length === 0) done();
    else reception.wake = () => take(rest, done);
  };
  return new Writable({
    // What may come while there is no block.
    highWaterMark: blockBytes,
    write: (chunk: Buffer, _encoding, done) => take(chunk, done),
    final: (done) => {
      if (block) send(block.subarray(0, filled));
      done();
    },
  });
}

/** Null: all are on their way. */
function emptyBlock(reception: Reception): Uint8Array<ArrayBuffer> | null {
  const free = reception.free.pop();
  if (free || reception.blocks === blocksInFlight) return free ?? null;
  reception.blocks += 1;
  return new Uint8Array(blockBytes);
}

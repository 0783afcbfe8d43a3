import type { KeyObject } from 'node:crypto';
import { type ResourceLimits, Worker } from 'node:worker_threads';
import type { DecideRows, PreparedPart, PrepareTask } from '../prepared-part.js';
import type { PrepareReply, PrepareRequest, ThreadOptions } from './messages.js';
import { fromThreadError } from './thread-error.js';

interface Waiter {
  readonly decide: DecideRows;
  resolve(prepared: PreparedPart): void;
  reject(error: Error): void;
}

interface Thread {
  readonly worker: Worker;
  readonly waiters: Map<number, Waiter>;
}

/** Units die young: with the default of 48 MB the thread takes 16 MB more, and is no faster. */
const resourceLimits: ResourceLimits = { maxYoungGenerationSizeMb: 16 };

/** Prepares parts in threads, which start with the first part. A thread that dies fails its parts; another one follows. */
export class PrepareThreads {
  #options: ThreadOptions;
  readonly #threads: (Thread | undefined)[];
  /** Whose memory it is. */
  readonly #makers = new WeakMap<ArrayBuffer, Worker>();
  #lastId = 0;

  constructor(options: ThreadOptions, count: number) {
    this.#options = options;
    this.#threads = new Array<Thread | undefined>(count).fill(undefined);
  }

  get count(): number {
    return this.#threads.length;
  }

  /** `decide` runs here and not in the thread. */
  prepare(task: PrepareTask, decide: DecideRows): Promise<PreparedPart> {
    const thread = this.#leastBusy();
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      thread.waiters.set(id, { decide, resolve, reject });
      post(thread.worker, { id, kind: 'prepare', task });
    });
  }

  /** Once the rows are written: their memory goes to the next part, and they are empty. */
  giveBack({ rows: { items } }: PreparedPart): void {
    const { buffer: memory } = items.bytes;
    const worker = this.#makers.get(memory);
    if (worker) post(worker, { kind: 'memory', memory }, [memory]);
  }

  /** For what is prepared from now on. */
  setKeys(secretKeys: readonly KeyObject[]): void {
    this.#options = { ...this.#options, secretKeys };
    for (const thread of this.#threads) if (thread) post(thread.worker, { kind: 'keys', secretKeys });
  }

  async close(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread?.worker.terminate()));
  }

  #leastBusy(): Thread {
    let slot = 0;
    const load = (index: number): number => this.#threads[index]?.waiters.size ?? 0;
    for (let index = 1; index < this.#threads.length; index++) if (load(index) < load(slot)) slot = index;
    const thread = this.#threads[slot] ?? this.#start(slot);
    this.#threads[slot] = thread;
    return thread;
  }

  #start(slot: number): Thread {
    const worker = new Worker(new URL('./prepare-worker.js', import.meta.url), {
      workerData: this.#options,
      resourceLimits,
    });
    const waiters = new Map<number, Waiter>();
    // A server that does nothing else may end.
    worker.unref();
    worker.on('message', (reply: PrepareReply) => {
      const waiter = waiters.get(reply.id);
      if (reply.kind === 'survey') {
        if (waiter) answerSurvey(worker, waiter, reply);
        return;
      }
      waiters.delete(reply.id);
      if (reply.kind === 'prepared') {
        this.#makers.set(reply.prepared.rows.items.bytes.buffer, worker);
        waiter?.resolve(reply.prepared);
      } else waiter?.reject(fromThreadError(reply.error));
    });
    const end = (cause?: unknown): void => {
      if (this.#threads[slot]?.worker === worker) this.#threads[slot] = undefined;
      for (const { reject } of waiters.values())
        reject(new Error('The thread that prepared the part ended.', { cause }));
      waiters.clear();
    };
    worker.on('error', end);
    worker.on('exit', () => end());
    return { worker, waiters };
  }
}

const post = (worker: Worker, request: PrepareRequest, transfer: ArrayBuffer[] = []): void =>
  worker.postMessage(request, transfer);

function answerSurvey(
  worker: Worker,
  { decide, reject }: Waiter,
  { id, survey, unmeasured }: PrepareReply & { kind: 'survey' },
): void {
  decide(survey, unmeasured).then(
    (decision) => post(worker, { id, kind: 'decided', decision }),
    (error: unknown) => {
      reject(error instanceof Error ? error : new Error(String(error)));
      post(worker, { id, kind: 'abandon' });
    },
  );
}

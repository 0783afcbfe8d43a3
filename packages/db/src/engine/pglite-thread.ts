import { Worker } from 'node:worker_threads';
import { DatabaseError, type ServerFailure } from './errors.js';
import {
  OPENED,
  type PgliteReply,
  type PgliteRequest,
  type PgliteTask,
  type PgliteWorkerOptions,
} from './pglite-messages.js';

type Answer = Exclude<PgliteReply, { failure: ServerFailure }>;

interface Waiter {
  resolve(answer: Answer): void;
  reject(error: unknown): void;
}

/** An error that the engine reported for one task, with the fields of an ErrorResponse if it sent one. */
export class PgliteTaskError extends Error {
  override readonly name = 'PgliteTaskError';
  readonly failure: ServerFailure;

  constructor(failure: ServerFailure) {
    super(failure.message);
    this.failure = failure;
  }
}

/** The worker thread that PGlite runs in. Tasks are performed in the order they were given. */
export class PgliteThread {
  readonly #worker: Worker;
  readonly #waiters = new Map<number, Waiter>();
  readonly #exited: Promise<void>;
  #lastId = OPENED;
  #stopped: DatabaseError | undefined;

  private constructor(options: PgliteWorkerOptions) {
    this.#worker = new Worker(new URL('./pglite-worker.js', import.meta.url), {
      name: 'pglite',
      workerData: options,
    });
    this.#worker.on('message', (reply: PgliteReply) => this.#settle(reply));
    this.#worker.on('error', (error) => this.#stop(error instanceof Error ? error.message : String(error)));
    this.#exited = new Promise((resolve) => {
      this.#worker.on('exit', (code) => {
        this.#stop(`its thread ended with exit code ${code}`);
        resolve();
      });
    });
  }

  /** Resolves when the database is open. */
  static async start(options: PgliteWorkerOptions): Promise<PgliteThread> {
    const thread = new PgliteThread(options);
    try {
      await thread.#wait(OPENED);
      return thread;
    } catch (error) {
      await thread.#worker.terminate();
      throw error;
    }
  }

  async perform(task: PgliteTask): Promise<Answer> {
    if (this.#stopped) throw this.#stopped;
    const id = ++this.#lastId;
    const request: PgliteRequest = { id, task };
    this.#worker.postMessage(request, 'bytes' in task ? [task.bytes.buffer] : []);
    return this.#wait(id);
  }

  /** Writes a last checkpoint and ends the thread. */
  async close(): Promise<void> {
    if (this.#stopped === undefined) await this.perform({ kind: 'close' });
    await this.#exited;
  }

  #wait(id: number): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#waiters.set(id, { resolve, reject });
    });
  }

  #settle(reply: PgliteReply): void {
    const waiter = this.#waiters.get(reply.id);
    this.#waiters.delete(reply.id);
    if ('failure' in reply) waiter?.reject(new PgliteTaskError(reply.failure));
    else waiter?.resolve(reply);
  }

  #stop(reason: string): void {
    this.#stopped ??= new DatabaseError(
      'engine_stopped',
      `The embedded database engine stopped: ${reason}. Committed data is safe on disk; start Latchkey again to reopen it.`,
    );
    for (const waiter of this.#waiters.values()) waiter.reject(this.#stopped);
    this.#waiters.clear();
  }
}

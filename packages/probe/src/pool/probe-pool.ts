import { ProbeError } from '../probe-error.js';
import type { ProbeKind } from '../probe-kind.js';
import { defaultTimeoutMs } from '../range-source.js';
import type { Measured } from '../reader.js';
import { type Loss, PoolWorker, type Task, timedOut } from './pool-worker.js';
import type { WorkerPort } from './worker-port.js';

export interface ProbePoolOptions {
  /** Starts one worker, whose module calls `serveProbes`. Called again for each that was ended. */
  readonly start: () => WorkerPort;
  readonly workers?: number;
  /** Objects that one worker measures at a time: most of their time is waiting for the storage. */
  readonly perWorker?: number;
  /** Of one object. */
  readonly timeoutMs?: number;
  /** How long a worker may leave messages unanswered before it is taken for lost in a parser. */
  readonly blockedMs?: number;
}

/**
 * Measures many objects in workers that it can end: a damaged file sends some parsers into an endless loop. A worker
 * that does not answer is ended, and what it had at hand is measured again, each object alone in its worker; the one
 * that hangs again fails with `timed_out`.
 */
export class ProbePool<T> {
  readonly #options: Required<ProbePoolOptions>;
  readonly #queue: Task[] = [];
  /** Objects whose worker was ended: each gets a worker of its own. */
  readonly #suspects: Task[] = [];
  readonly #workers = new Set<PoolWorker>();
  #closed = false;

  constructor(options: ProbePoolOptions) {
    this.#options = { workers: 2, perWorker: 8, timeoutMs: defaultTimeoutMs, blockedMs: 5000, ...options };
  }

  /** Waits for its turn; the time limit runs from then on. Rejects with `ProbeError`, or the signal's reason. */
  measure<K extends ProbeKind>(
    kind: K,
    target: T,
    { signal }: { readonly signal?: AbortSignal | undefined } = {},
  ): Promise<Measured<K>> {
    return new Promise<Measured<ProbeKind>>((resolve, reject) => {
      signal?.throwIfAborted();
      if (this.#closed) throw new Error('The pool is closed.');
      const abort = () => task.reject(signal?.reason);
      const settle = () => {
        task.settled = true;
        signal?.removeEventListener('abort', abort);
      };
      const task: Task = {
        kind,
        target,
        settled: false,
        resolve: (measured) => {
          settle();
          resolve(measured);
        },
        reject: (error) => {
          settle();
          this.#forget(task);
          reject(error);
        },
      };
      signal?.addEventListener('abort', abort, { once: true });
      this.#queue.push(task);
      this.#schedule();
      // The worker was asked for this kind, and answers with its metadata.
    }) as Promise<Measured<K>>;
  }

  /** Ends all workers; what was asked for and is not measured yet rejects. */
  close(): void {
    this.#closed = true;
    const error = new DOMException('The pool was closed.', 'AbortError');
    const open = [...this.#queue.splice(0), ...this.#suspects.splice(0)];
    for (const worker of this.#workers) open.push(...worker.end());
    this.#workers.clear();
    for (const task of open) task.reject(error);
  }

  [Symbol.dispose](): void {
    this.close();
  }

  #forget(task: Task): void {
    for (const list of [this.#queue, this.#suspects]) {
      const at = list.indexOf(task);
      if (at >= 0) list.splice(at, 1);
    }
    for (const worker of this.#workers) worker.cancel(task);
  }

  #schedule(): void {
    if (this.#closed) return;
    while (this.#suspects.length > 0) {
      const worker = this.#idleWorker();
      const task = worker && this.#suspects.shift();
      if (!worker || !task) break;
      worker.run(task, { alone: true });
    }
    while (this.#queue.length > 0) {
      const worker = this.#worker();
      const task = worker && this.#queue.shift();
      if (!worker || !task) return;
      worker.run(task, { alone: false });
    }
  }

  /** The one with the least to do; another one as long as there may be more. */
  #worker(): PoolWorker | null {
    const free = [...this.#workers].filter(
      (worker) => !worker.alone && worker.size < this.#options.perWorker,
    );
    const [least] = free.sort((a, b) => a.size - b.size);
    return least && (least.size === 0 || this.#workers.size >= this.#options.workers)
      ? least
      : (this.#startWorker() ?? least ?? null);
  }

  #idleWorker(): PoolWorker | null {
    return [...this.#workers].find(({ size }) => size === 0) ?? this.#startWorker();
  }

  #startWorker(): PoolWorker | null {
    if (this.#workers.size >= this.#options.workers) return null;
    const worker: PoolWorker = new PoolWorker(this.#options.start(), this.#options, {
      onFree: () => this.#schedule(),
      onLost: (tasks, loss) => {
        this.#workers.delete(worker);
        const error = this.#reasonOf(loss);
        if (!error) this.#suspects.push(...tasks);
        else for (const task of tasks) task.reject(error);
        this.#schedule();
      },
    });
    this.#workers.add(worker);
    return worker;
  }

  /** Null: one of several objects is the cause, and which one is not known. */
  #reasonOf({ cause, ready, alone }: Loss): Error | null {
    if (cause && !ready) return new Error('A worker that measures could not start.', { cause });
    if (!alone) return null;
    if (!cause) return timedOut(this.#options.timeoutMs);
    return new ProbeError(
      'corrupt',
      'Measuring the object ended its worker: it is damaged, or needs too much memory.',
      { cause },
    );
  }
}

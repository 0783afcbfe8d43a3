import { ProbeError } from '../probe-error.js';
import type { ProbeKind } from '../probe-kind.js';
import type { Measured } from '../reader.js';
import type { Request, Response } from './messages.js';
import type { WorkerPort } from './worker-port.js';

export interface Task {
  readonly kind: ProbeKind;
  readonly target: unknown;
  /** Also when it was aborted: then nobody waits for it any more. */
  settled: boolean;
  resolve(measured: Measured<ProbeKind>): void;
  reject(error: unknown): void;
}

export interface PoolWorkerEvents {
  /** It has room for another task. */
  onFree(): void;
  /** It was ended, or ended by itself, with these tasks at hand. */
  onLost(tasks: Task[], loss: Loss): void;
}

export interface Loss {
  /** Why it ended by itself; null: it was ended. */
  readonly cause: Error | null;
  /** It had answered before. */
  readonly ready: boolean;
  /** It was at work on one object alone. */
  readonly alone: boolean;
}

/** What the deadline of a source needs to come first: it says more than that the worker was ended. */
const graceMs = 1000;
const pingsPerLimit = 4;
/** Of loading its modules, on a machine that has other things to do. */
const startMs = 30_000;

/** One worker, the tasks that it has at hand, and the watch over it. */
export class PoolWorker {
  readonly #port: WorkerPort;
  readonly #limits: { readonly timeoutMs: number; readonly blockedMs: number };
  readonly #events: PoolWorkerEvents;
  readonly #tasks = new Map<number, { readonly task: Task; readonly started: number }>();
  #watch: ReturnType<typeof setInterval> | undefined;
  #lastAnswer = 0;
  #nextId = 1;
  #alone = false;
  /** When it answered first. */
  #readyAt: number | null = null;

  constructor(
    port: WorkerPort,
    limits: { readonly timeoutMs: number; readonly blockedMs: number },
    events: PoolWorkerEvents,
  ) {
    this.#port = port;
    this.#limits = limits;
    this.#events = events;
    port.onMessage((message) => this.#receive(message as Response));
    port.onEnd((error) => this.#lose(error));
  }

  get size(): number {
    return this.#tasks.size;
  }

  /** It measures one suspect, and takes nothing else meanwhile. */
  get alone(): boolean {
    return this.#alone && this.#tasks.size > 0;
  }

  run(task: Task, { alone }: { readonly alone: boolean }): void {
    const id = this.#nextId++;
    const now = performance.now();
    if (this.#tasks.size === 0) this.#lastAnswer = now;
    this.#alone = alone;
    this.#tasks.set(id, { task, started: now });
    const { kind, target } = task;
    this.#post({ type: 'measure', id, kind, target, timeoutMs: this.#limits.timeoutMs });
    this.#watch ??= setInterval(() => this.#look(), this.#limits.blockedMs / pingsPerLimit);
  }

  cancel(task: Task): void {
    for (const [id, entry] of this.#tasks) {
      if (entry.task !== task) continue;
      // It keeps its place until the worker has let go of it, or the watch ends the worker.
      this.#post({ type: 'cancel', id });
    }
  }

  /** Ends the worker; tells what it had at hand. */
  end(): Task[] {
    clearInterval(this.#watch);
    this.#watch = undefined;
    this.#port.terminate();
    const open = [...this.#tasks.values()].map(({ task }) => task).filter(({ settled }) => !settled);
    this.#tasks.clear();
    return open;
  }

  #post(request: Request): void {
    this.#port.post(request);
  }

  #receive(response: Response): void {
    this.#lastAnswer = performance.now();
    this.#readyAt ??= this.#lastAnswer;
    if (response.type === 'alive') return;
    const entry = this.#tasks.get(response.id);
    this.#tasks.delete(response.id);
    if (this.#tasks.size === 0) {
      clearInterval(this.#watch);
      this.#watch = undefined;
    }
    if (entry && !entry.task.settled) settle(entry.task, response);
    this.#events.onFree();
  }

  #look(): void {
    const now = performance.now();
    const { timeoutMs, blockedMs } = this.#limits;
    const readyAt = this.#readyAt;
    // One object alone may take its whole time.
    const silence = readyAt === null ? startMs : this.#tasks.size > 1 ? blockedMs : timeoutMs + graceMs;
    if (now - this.#lastAnswer > silence) {
      this.#lose(null);
      return;
    }
    if (readyAt === null) return;
    const isLate = (started: number) => now - Math.max(started, readyAt) > timeoutMs + graceMs;
    const late = [...this.#tasks.values()].filter(({ started }) => isLate(started));
    if (late.length > 0) {
      // It answers, so it is these whose time is over, and not others that it has at hand.
      for (const { task } of late) if (!task.settled) task.reject(timedOut(timeoutMs));
      this.#lose(null);
      return;
    }
    this.#post({ type: 'ping' });
  }

  #lose(cause: Error | null): void {
    const loss: Loss = { cause, ready: this.#readyAt !== null, alone: this.#tasks.size === 1 };
    this.#events.onLost(this.end(), loss);
  }
}

export function timedOut(timeoutMs: number): ProbeError {
  return new ProbeError(
    'timed_out',
    `The object could not be measured within ${timeoutMs / 1000} s: it is damaged, or too complex.`,
  );
}

function settle(task: Task, response: Exclude<Response, { type: 'alive' }>): void {
  if (response.type === 'measured') task.resolve(response.measured);
  else if (response.type === 'failed') task.reject(new ProbeError(response.code, response.message));
  else task.reject(new Error(response.message));
}

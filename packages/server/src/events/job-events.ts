import { EventEmitter, once } from 'node:events';

/** Tells the waiting requests and the worker of this process what happens to jobs. Other nodes poll. */
export class JobEvents {
  readonly #emitter = new EventEmitter().setMaxListeners(0);
  readonly #cancelling = new Set<string>();

  /** Units of the job were settled. */
  moved(jobId: string): void {
    this.#emitter.emit(`moved:${jobId}`);
  }

  finished(jobId: string): void {
    this.#emitter.emit(`finished:${jobId}`);
    this.#emitter.emit('finished');
    this.moved(jobId);
  }

  /** An integration was changed. */
  rulesChanged(): void {
    this.#emitter.emit('rules');
  }

  /** There is something to be sealed again. */
  keysChanged(): void {
    this.#emitter.emit('keys');
  }

  waitForKeys(timeoutMs: number, signal: AbortSignal): Promise<void> {
    return this.#wait('keys', timeoutMs, signal);
  }

  workAvailable(): void {
    this.#emitter.emit('work');
  }

  /** Resolves at the event, after `timeoutMs`, or when the signal aborts; never rejects. */
  waitForFinish(jobId: string, timeoutMs: number, signal: AbortSignal): Promise<void> {
    return this.#wait(`finished:${jobId}`, timeoutMs, signal);
  }

  /** As `waitForFinish`, of any job. */
  waitForAnyFinish(timeoutMs: number, signal: AbortSignal): Promise<void> {
    return this.#wait('finished', timeoutMs, signal);
  }

  waitForMove(jobId: string, timeoutMs: number, signal: AbortSignal): Promise<void> {
    return this.#wait(`moved:${jobId}`, timeoutMs, signal);
  }

  /** As `waitForFinish`, or until the rules of some integration change. */
  async waitForInterruption(jobId: string, timeoutMs: number, signal: AbortSignal): Promise<void> {
    const one = new AbortController();
    const either = AbortSignal.any([signal, one.signal]);
    await Promise.race(['rules', `finished:${jobId}`].map((event) => this.#wait(event, timeoutMs, either)));
    one.abort();
  }

  waitForWork(timeoutMs: number, signal: AbortSignal): Promise<void> {
    return this.#wait('work', timeoutMs, signal);
  }

  /**
   * While `work` waits for the job to be left, the worker of this process sees that by `isCancelling`: on the embedded
   * database a request can't be written down while a transaction runs.
   */
  async whileCancelling<T>(jobId: string, work: () => Promise<T>): Promise<T> {
    this.#cancelling.add(jobId);
    return work().finally(() => this.#cancelling.delete(jobId));
  }

  isCancelling(jobId: string): boolean {
    return this.#cancelling.has(jobId);
  }

  async #wait(event: string, timeoutMs: number, signal: AbortSignal): Promise<void> {
    const timeout = new AbortController();
    // `AbortSignal.timeout` keeps no process alive, and a worker without a database connection has nothing else that does.
    const timer = setTimeout(() => timeout.abort(), timeoutMs);
    const either = AbortSignal.any([signal, timeout.signal]);
    await once(this.#emitter, event, { signal: either })
      .catch((error: unknown) => {
        if (!either.aborted) throw error;
      })
      .finally(() => clearTimeout(timer));
  }
}

import { EventEmitter, once } from 'node:events';

/** Tells long polls of this process that a job has finished, and the worker that there is work. Other nodes poll. */
export class JobEvents {
  readonly #emitter = new EventEmitter().setMaxListeners(0);

  finished(jobId: string): void {
    this.#emitter.emit(`finished:${jobId}`);
  }

  workAvailable(): void {
    this.#emitter.emit('work');
  }

  /** Resolves at the event, after `timeoutMs`, or when the signal aborts; never rejects. */
  waitForFinish(jobId: string, timeoutMs: number, signal: AbortSignal): Promise<void> {
    return this.#wait(`finished:${jobId}`, timeoutMs, signal);
  }

  waitForWork(timeoutMs: number, signal: AbortSignal): Promise<void> {
    return this.#wait('work', timeoutMs, signal);
  }

  async #wait(event: string, timeoutMs: number, signal: AbortSignal): Promise<void> {
    const either = AbortSignal.any([signal, AbortSignal.timeout(Math.ceil(timeoutMs))]);
    await once(this.#emitter, event, { signal: either }).catch((error: unknown) => {
      if (!either.aborted) throw error;
    });
  }
}

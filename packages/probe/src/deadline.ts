import { ProbeError } from './probe-error.js';

/** Bounds what belongs to one measurement by time, and by the signal of who asked for it. */
export class Deadline {
  readonly #timeoutMs: number;
  readonly #controller = new AbortController();
  readonly #outer: AbortSignal | undefined;
  readonly #abort = () =>
    this.#controller.abort(abortError('The measurement was aborted.', this.#outer?.reason));
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(timeoutMs: number, outer?: AbortSignal) {
    this.#timeoutMs = timeoutMs;
    this.#outer = outer;
    if (outer?.aborted) this.#abort();
    // By hand, as `AbortSignal.any` kept every signal alive as long as its longest source in Node 20.
    else outer?.addEventListener('abort', this.#abort, { once: true });
  }

  /** The clock runs from the first call on. */
  start(): void {
    this.#timer ??= setTimeout(() => this.#controller.abort(this.#timedOut()), this.#timeoutMs);
  }

  /** Rejects with the reason of the abort even where the work does not listen to its signal. */
  async race<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const { signal } = this.#controller;
    signal.throwIfAborted();
    let abort = () => {};
    const aborted = new Promise<never>((_resolve, reject) => {
      abort = () => reject(signal.reason);
      signal.addEventListener('abort', abort, { once: true });
    });
    try {
      return await Promise.race([work(signal), aborted]);
    } catch (error) {
      // Whatever the work makes of the abort.
      signal.throwIfAborted();
      throw error;
    } finally {
      signal.removeEventListener('abort', abort);
    }
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#outer?.removeEventListener('abort', this.#abort);
    this.#controller.abort(abortError('The measurement has ended.'));
  }

  #timedOut(): ProbeError {
    return new ProbeError(
      'timed_out',
      `The object could not be measured within ${(this.#timeoutMs / 1000).toLocaleString('en')} s: its storage is too slow.`,
    );
  }
}

/** Whatever the reason is, it is told apart from what an object does by its name. */
function abortError(message: string, cause?: unknown): Error {
  const error = new Error(message, { cause });
  error.name = 'AbortError';
  return error;
}

import { LatchkeyError } from '@latchkey/contract/errors';
import { WindowCounter } from '../http/window-counter.js';

interface AttemptLimits {
  /** What fails, as a sentence begins with it. */
  readonly what: string;
  readonly attempts: number;
  readonly windowSeconds: number;
  readonly now: () => number;
}

/** Bounds how often something may fail for one key within a window. In the memory of one process. */
export class AttemptLimiter {
  readonly #what: string;
  readonly #attempts: number;
  readonly #counter: WindowCounter;

  constructor({ what, attempts, windowSeconds, now }: AttemptLimits) {
    this.#what = what;
    this.#attempts = attempts;
    this.#counter = new WindowCounter({ most: attempts, windowSeconds, now });
  }

  /** Counts an attempt before its outcome is known, so that attempts at the same time count too. Throws `too_many_attempts`. */
  begin(key: string): void {
    const retryAfterSeconds = this.#counter.add(key);
    if (retryAfterSeconds === null) return;
    throw new LatchkeyError(
      'too_many_attempts',
      `${this.#what} failed ${this.#attempts} times. Try again in ${retryAfterSeconds} seconds.`,
      { details: { retryAfterSeconds } },
    );
  }

  succeeded(key: string): void {
    this.#counter.forget(key);
  }
}

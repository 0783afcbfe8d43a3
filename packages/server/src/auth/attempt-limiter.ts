import { LatchkeyError } from '@latchkey/contract/errors';
import { WindowCounter } from '../http/window-counter.js';

interface AttemptLimits {
  readonly attempts: number;
  readonly windowSeconds: number;
  readonly now: () => number;
}

/** Bounds how often something may fail for one key within a window. In the memory of one process. */
export class AttemptLimiter {
  readonly #attempts: number;
  readonly #counter: WindowCounter;

  constructor({ attempts, windowSeconds, now }: AttemptLimits) {
    this.#attempts = attempts;
    this.#counter = new WindowCounter({ most: attempts, windowSeconds, now });
  }

  /** Counts an attempt before its outcome is known, so that attempts at the same time count too. Throws `too_many_attempts`. */
  begin(key: string): void {
    const retryAfterSeconds = this.#counter.add(key);
    if (retryAfterSeconds === null) return;
    throw new LatchkeyError(
      'too_many_attempts',
      `Signing in failed ${this.#attempts} times for this e-mail address. Try again in ${retryAfterSeconds} seconds.`,
      { details: { retryAfterSeconds } },
    );
  }

  succeeded(key: string): void {
    this.#counter.forget(key);
  }
}

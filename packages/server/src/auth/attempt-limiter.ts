import { LatchkeyError } from '@latchkey/contract/errors';

interface AttemptLimits {
  readonly attempts: number;
  readonly windowSeconds: number;
  readonly now: () => number;
}

interface Attempts {
  count: number;
  readonly endsAt: number;
}

/** Bounds how often something may fail for one key within a window. In the memory of one process. */
export class AttemptLimiter {
  readonly #byKey = new Map<string, Attempts>();
  readonly #limits: AttemptLimits;

  constructor(limits: AttemptLimits) {
    this.#limits = limits;
  }

  /** Counts an attempt before its outcome is known, so that attempts at the same time count too. Throws `too_many_attempts`. */
  begin(key: string): void {
    const now = this.#limits.now();
    this.#forgetExpired(now);
    const made = this.#byKey.get(key) ?? { count: 0, endsAt: now + this.#limits.windowSeconds * 1000 };
    if (made.count >= this.#limits.attempts) {
      const retryAfterSeconds = Math.ceil((made.endsAt - now) / 1000);
      throw new LatchkeyError(
        'too_many_attempts',
        `Signing in failed ${this.#limits.attempts} times for this e-mail address. Try again in ${retryAfterSeconds} seconds.`,
        { details: { retryAfterSeconds } },
      );
    }
    made.count += 1;
    this.#byKey.set(key, made);
  }

  succeeded(key: string): void {
    this.#byKey.delete(key);
  }

  /** Windows have one length and keys stay in the order of their first attempt: the oldest come first. */
  #forgetExpired(now: number): void {
    for (const [key, { endsAt }] of this.#byKey) {
      if (endsAt > now) return;
      this.#byKey.delete(key);
    }
  }
}

import { LatchkeyError } from '@latchkey/contract/errors';
import type { RequestSettings } from '../config/request-settings.js';
import { networkOf } from '../http/network-of.js';
import { WindowCounter } from '../http/window-counter.js';

/** The official client tries again after 1.5, 3 and 6 seconds: within a longer window it would give up. */
const windowSeconds = 10;

/**
 * Bounds how many requests a user sends, and how many come from an address for which nobody is signed in. Who is signed
 * in does not count for the address, which many may share.
 */
export class RequestRates {
  readonly #users: Rate | null;
  readonly #addresses: Rate | null;

  constructor({ userRequestsPerSecond, addressRequestsPerSecond }: RequestSettings, now: () => number) {
    this.#users = userRequestsPerSecond === null ? null : new Rate('Your user', userRequestsPerSecond, now);
    this.#addresses =
      addressRequestsPerSecond === null
        ? null
        : new Rate('Your address, without being signed in,', addressRequestsPerSecond, now);
  }

  /** Throws `too_many_requests`. */
  count(userId: string | null, address: string): void {
    if (userId === null) this.#addresses?.count(networkOf(address));
    else this.#users?.count(userId);
  }
}

class Rate {
  readonly #who: string;
  readonly #most: number;
  readonly #counter: WindowCounter;

  constructor(who: string, perSecond: number, now: () => number) {
    this.#who = who;
    this.#most = perSecond * windowSeconds;
    this.#counter = new WindowCounter({ most: this.#most, windowSeconds, now });
  }

  count(key: string): void {
    const retryAfterSeconds = this.#counter.add(key);
    if (retryAfterSeconds === null) return;
    throw new LatchkeyError(
      'too_many_requests',
      `${this.#who} has sent ${this.#most} requests within ${windowSeconds} seconds. Try again in ${retryAfterSeconds} seconds.`,
      { details: { retryAfterSeconds } },
    );
  }
}

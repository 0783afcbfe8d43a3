import type { Fill } from './fill.js';

const maxFailures = 3;

/** Who reads an object: follows at most one fill at a time, and is woken by it. */
export class Reader {
  #fill: Fill | null = null;
  #failures = 0;
  #resolve: (() => void) | null = null;

  /** What the followed fill has from a byte on, before which all is read. */
  slice(at: number, end: number): Buffer | null {
    this.#fill?.want(at);
    return this.#fill?.slice(at, end) ?? null;
  }

  follow(fill: Fill): void {
    if (this.#fill === fill) return;
    this.leave();
    this.#fill = fill;
    fill.join();
  }

  /** Resolves when the followed fill has news, or with `wake`. */
  news(): Promise<void> {
    return new Promise((resolve) => {
      this.#resolve = resolve;
      this.#fill?.next(this.wake);
    });
  }

  readonly wake = (): void => {
    this.#resolve?.();
    this.#resolve = null;
  };

  /** @throws {OriginError} the failure of the followed fill, if another one would fare no better */
  checkFailure(): void {
    const failure = this.#fill?.failure ?? null;
    if (failure === null) return;
    this.leave();
    this.#failures += 1;
    if (!failure.isPassing || this.#failures >= maxFailures) throw failure;
  }

  leave(): void {
    const fill = this.#fill;
    this.#fill = null;
    fill?.leave(this.wake);
  }
}

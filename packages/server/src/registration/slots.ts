/** So many parts are worked on at the same time; whoever waits gets in by turns. */
export class Slots {
  readonly count: number;
  #free: number;
  readonly #waiting: (() => void)[] = [];

  constructor(count: number) {
    this.count = count;
    this.#free = count;
  }

  /** Holds a slot for each turn of `work`, until it answers false. */
  async run(work: () => Promise<boolean>): Promise<void> {
    for (let goesOn = true; goesOn; ) {
      await this.#enter();
      try {
        goesOn = await work();
      } finally {
        this.#leave();
      }
    }
  }

  /**
   * From within `run`: leaves the slot to others while `work` waits for something else than this process. Comes back
   * without waiting; the next one that leaves makes up for it.
   */
  async outside<Result>(work: () => Promise<Result>): Promise<Result> {
    this.#leave();
    try {
      return await work();
    } finally {
      this.#free -= 1;
    }
  }

  #enter(): Promise<void> {
    if (this.#free > 0) {
      this.#free -= 1;
      return Promise.resolve();
    }
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  #leave(): void {
    this.#free += 1;
    const next = this.#free > 0 ? this.#waiting.shift() : undefined;
    if (!next) return;
    this.#free -= 1;
    next();
  }
}

interface WindowLimits {
  /** So often within a window. */
  readonly most: number;
  readonly windowSeconds: number;
  readonly now: () => number;
}

interface Window {
  count: number;
  readonly endsAt: number;
}

/** Counts by key, each in a window that begins with its first count. In the memory of one process. */
export class WindowCounter {
  readonly #byKey = new Map<string, Window>();
  readonly #limits: WindowLimits;

  constructor(limits: WindowLimits) {
    this.#limits = limits;
  }

  /** Counts one more if there is room: then null, else the seconds until there is. */
  add(key: string): number | null {
    const now = this.#limits.now();
    this.#forgetEnded(now);
    const window = this.#byKey.get(key) ?? { count: 0, endsAt: now + this.#limits.windowSeconds * 1000 };
    if (window.count >= this.#limits.most) return Math.ceil((window.endsAt - now) / 1000);
    window.count += 1;
    this.#byKey.set(key, window);
    return null;
  }

  forget(key: string): void {
    this.#byKey.delete(key);
  }

  /**
   * Windows have one length and keys stay in the order of their first count: the oldest come first. One that lasts longer
   * than that was begun before the clock was set back, and would otherwise hold its key for as long.
   */
  #forgetEnded(now: number): void {
    for (const [key, { endsAt }] of this.#byKey) {
      if (endsAt > now && endsAt <= now + this.#limits.windowSeconds * 1000) return;
      this.#byKey.delete(key);
    }
  }
}

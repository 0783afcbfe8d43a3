const CAPACITY = 256;

/** Keeps what was set last, so that a worker that reads a manifest part by part looks some things up once. */
export class RecentMap<Value> {
  readonly #values = new Map<string, Value>();

  get(key: string): Value | undefined {
    return this.#values.get(key);
  }

  set(key: string, value: Value): void {
    this.#values.set(key, value);
    const oldest = this.#values.keys().next();
    if (this.#values.size > CAPACITY && oldest.done !== true) this.#values.delete(oldest.value);
  }

  delete(key: string): void {
    this.#values.delete(key);
  }
}

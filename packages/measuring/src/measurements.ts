import type { MediaMetadata } from '@latchkey/contract/schemas/media-metadata';

/** What was measured, by `objectKey`: the same object signed anew has the same key. */
export interface Measurements {
  has(key: string): boolean;
  add(key: string, metadata: MediaMetadata): Promise<void>;
  /** Of these objects, as far as there are some. */
  find(keys: readonly string[]): Promise<ReadonlyMap<string, MediaMetadata>>;
}

/** In memory: some hundred bytes an object. */
export class MeasurementMap implements Measurements {
  readonly #measured = new Map<string, MediaMetadata>();

  has(key: string): boolean {
    return this.#measured.has(key);
  }

  async add(key: string, metadata: MediaMetadata): Promise<void> {
    this.#measured.set(key, metadata);
  }

  async find(keys: readonly string[]): Promise<ReadonlyMap<string, MediaMetadata>> {
    const found = new Map<string, MediaMetadata>();
    for (const key of keys) {
      const metadata = this.#measured.get(key);
      if (metadata) found.set(key, metadata);
    }
    return found;
  }
}

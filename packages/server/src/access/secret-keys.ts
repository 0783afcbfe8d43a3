import { createHash, createHmac, type KeyObject } from 'node:crypto';

/** AES-256-GCM. The id, the first 4 bytes of the key's SHA-256, is stored beside each sealed value so that keys can be replaced. */
export interface SealKey {
  readonly id: Buffer;
  readonly key: KeyObject;
}

export const keyIdLength = 4;

export function toSealKey(key: KeyObject): SealKey {
  return { id: createHash('sha256').update(key.export()).digest().subarray(0, keyIdLength), key };
}

/** Proves that a process has the key; tells nothing of it. */
export const keyCheckOf = ({ key }: SealKey): Buffer =>
  createHmac('sha256', key).update('latchkey installation').digest();

/** The secret keys of a process: one seals, all of them open. The same object for the life of the process. */
export class SecretKeys {
  #keys: readonly SealKey[];
  #current: SealKey;
  readonly #read: () => readonly KeyObject[];
  readonly #listeners: ((keys: readonly KeyObject[]) => void)[] = [];

  /** `read` answers them, the newest first; that one seals until `makeCurrent` chooses another. */
  constructor(read: () => readonly KeyObject[]) {
    this.#read = read;
    this.#keys = read().map(toSealKey);
    this.#current = newestOf(this.#keys);
  }

  get current(): SealKey {
    return this.#current;
  }

  get newest(): SealKey {
    return newestOf(this.#keys);
  }

  /** What was sealed before keys had names was sealed with it. */
  get oldest(): SealKey {
    return this.#keys.at(-1) ?? this.#current;
  }

  get all(): readonly SealKey[] {
    return this.#keys;
  }

  find(id: Uint8Array): SealKey | null {
    if (this.#current.id.equals(id)) return this.#current;
    return this.#keys.find((key) => key.id.equals(id)) ?? null;
  }

  /** False: this process does not have that key. */
  makeCurrent(id: Uint8Array): boolean {
    const found = this.find(id);
    if (found && found !== this.#current) {
      this.#current = found;
      this.#tell();
    }
    return found !== null;
  }

  /** Reads them again. The current key stays, if it is still one of them. */
  reload(): void {
    const before = this.#current.id;
    this.#keys = this.#read().map(toSealKey);
    this.#current = this.#keys.find(({ id }) => id.equals(before)) ?? newestOf(this.#keys);
    this.#tell();
  }

  /** For another thread: the current key first. */
  toKeyObjects(): KeyObject[] {
    return [this.#current, ...this.#keys.filter((key) => key !== this.#current)].map(({ key }) => key);
  }

  onChange(listener: (keys: readonly KeyObject[]) => void): void {
    this.#listeners.push(listener);
  }

  #tell(): void {
    for (const listener of this.#listeners) listener(this.toKeyObjects());
  }
}

function newestOf(keys: readonly SealKey[]): SealKey {
  const [newest] = keys;
  if (newest === undefined) throw new TypeError('There has to be a secret key.');
  return newest;
}

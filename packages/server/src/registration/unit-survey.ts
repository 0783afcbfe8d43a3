import { hash } from 'node:crypto';
import type { Unit } from '@latchkey/manifest/read/unit';

/** What tells known objects from new ones. Arrays have one entry a row, which is a good unit of the part. */
export interface UnitSurvey {
  /** Position of the unit within the part. */
  readonly indexes: Uint32Array<ArrayBuffer>;
  /** 16 bytes a row. */
  readonly hashes: Uint8Array<ArrayBuffer>;
  /** The first row of the part with the same object. */
  readonly firstRows: Uint32Array<ArrayBuffer>;
  /** Epoch milliseconds; NaN: no expiry. */
  readonly expiries: Float64Array<ArrayBuffer>;
}

const hashLength = 16;

export class SurveyBuilder {
  readonly #indexes: Uint32Array<ArrayBuffer>;
  readonly #hashes: Buffer<ArrayBuffer>;
  readonly #firstRows: Uint32Array<ArrayBuffer>;
  readonly #expiries: Float64Array<ArrayBuffer>;
  readonly #rowsByIdentity = new Map<string, number>();
  readonly #origins = new Set<string>();
  #count = 0;

  constructor(unitCount: number) {
    this.#indexes = new Uint32Array(unitCount);
    this.#hashes = Buffer.from(new ArrayBuffer(unitCount * hashLength));
    this.#firstRows = new Uint32Array(unitCount);
    this.#expiries = new Float64Array(unitCount);
  }

  get count(): number {
    return this.#count;
  }

  add({ location: { identity, origin, signature }, members }: Unit, index: number): void {
    const row = this.#count++;
    this.#indexes[row] = index;
    this.#hashes.write(hash('sha256', identity, 'hex'), row * hashLength, hashLength, 'hex');
    const first = this.#rowsByIdentity.get(identity);
    if (first === undefined) this.#rowsByIdentity.set(identity, row);
    this.#firstRows[row] = first ?? row;
    this.#expiries[row] = signature?.expiresAt ?? Number.NaN;
    // A group of registered items has no object of its own.
    if (origin !== '') this.#origins.add(origin);
    for (const { location } of members) this.#origins.add(location.origin);
  }

  indexOf(row: number): number {
    return this.#indexes[row] ?? 0;
  }

  hashOf(row: number): Buffer {
    return this.#hashes.subarray(row * hashLength, (row + 1) * hashLength);
  }

  origins(): string[] {
    return [...this.#origins].sort();
  }

  /** Copies: they can be sent to another thread while this one goes on with its own. */
  build(): UnitSurvey {
    return {
      indexes: this.#indexes.slice(0, this.#count),
      hashes: Uint8Array.from(this.#hashes.subarray(0, this.#count * hashLength)),
      firstRows: this.#firstRows.slice(0, this.#count),
      expiries: this.#expiries.slice(0, this.#count),
    };
  }
}

/** In hexadecimal digits. */
export function identityHashOf({ hashes }: UnitSurvey, row: number): string {
  const at = hashes.byteOffset + row * hashLength;
  return Buffer.from(hashes.buffer, at, hashLength).toString('hex');
}

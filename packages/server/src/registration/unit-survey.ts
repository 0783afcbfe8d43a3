import { hash } from 'node:crypto';
import { lifetimeOf } from '@latchkey/locator/lifetime';
import type { Unit } from '@latchkey/manifest/read/unit';
import { itemIdAt } from './item-id.js';

/** What tells known objects from new ones. Arrays have one entry a row, which is an item of a good unit. */
export interface UnitSurvey {
  /** Position of the unit within the part; the same for each item of a unit that makes several. */
  readonly indexes: Uint32Array<ArrayBuffer>;
  /** Which item of its unit the row is, from 0. */
  readonly numbers: Uint32Array<ArrayBuffer>;
  /** 16 bytes a row. */
  readonly hashes: Uint8Array<ArrayBuffer>;
  /** The first row of the part with the same object. */
  readonly firstRows: Uint32Array<ArrayBuffer>;
  /** As `lifetimeOf` tells it. */
  readonly expiries: Float64Array<ArrayBuffer>;
}

const hashLength = 16;

export class SurveyBuilder {
  #indexes: Uint32Array<ArrayBuffer>;
  #numbers: Uint32Array<ArrayBuffer>;
  #hashes: Buffer<ArrayBuffer>;
  #firstRows: Uint32Array<ArrayBuffer>;
  #expiries: Float64Array<ArrayBuffer>;
  readonly #rowsByHash = new Map<string, number>();
  readonly #origins = new Set<string>();
  #count = 0;

  constructor(unitCount: number) {
    this.#indexes = new Uint32Array(unitCount);
    this.#numbers = new Uint32Array(unitCount);
    this.#hashes = Buffer.from(new ArrayBuffer(unitCount * hashLength));
    this.#firstRows = new Uint32Array(unitCount);
    this.#expiries = new Float64Array(unitCount);
  }

  get count(): number {
    return this.#count;
  }

  add({ location, members }: Unit, index: number): void {
    const { identity, origin } = location;
    const row = this.#count++;
    // Only units that make several items need more rows than there are units.
    if (row === this.#indexes.length) this.#grow();
    this.#indexes[row] = index;
    this.#numbers[row] = row > 0 && this.#indexes[row - 1] === index ? (this.#numbers[row - 1] ?? 0) + 1 : 0;
    const digest = hash('sha256', identity, 'hex').slice(0, 2 * hashLength);
    this.#hashes.write(digest, row * hashLength, hashLength, 'hex');
    const first = this.#rowsByHash.get(digest);
    if (first === undefined) this.#rowsByHash.set(digest, row);
    this.#firstRows[row] = first ?? row;
    this.#expiries[row] = lifetimeOf(location);
    this.#addOrigin(origin);
    for (const { location } of members) this.#addOrigin(location.origin);
  }

  /** A group of registered items has none, nor has an object that only a signer can open. */
  #addOrigin(origin: string): void {
    if (origin !== '') this.#origins.add(origin);
  }

  #grow(): void {
    const capacity = Math.max(16, this.#indexes.length * 2);
    this.#indexes = grown(new Uint32Array(capacity), this.#indexes);
    this.#numbers = grown(new Uint32Array(capacity), this.#numbers);
    this.#firstRows = grown(new Uint32Array(capacity), this.#firstRows);
    this.#expiries = grown(new Float64Array(capacity), this.#expiries);
    this.#hashes = grown(Buffer.from(new ArrayBuffer(capacity * hashLength)), this.#hashes);
  }

  /** `firstPosition`: of the part. */
  itemIdOf(row: number, jobId: string, firstPosition: number): string {
    return itemIdOfRow({ indexes: this.#indexes, numbers: this.#numbers }, row, jobId, firstPosition);
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
      numbers: this.#numbers.slice(0, this.#count),
      hashes: Uint8Array.from(this.#hashes.subarray(0, this.#count * hashLength)),
      firstRows: this.#firstRows.slice(0, this.#count),
      expiries: this.#expiries.slice(0, this.#count),
    };
  }
}

function grown<Values extends { set(values: Values): void }>(larger: Values, values: Values): Values {
  larger.set(values);
  return larger;
}

/** The id of the item that the row makes. `firstPosition`: of the part. */
export function itemIdOfRow(
  { indexes, numbers }: Pick<UnitSurvey, 'indexes' | 'numbers'>,
  row: number,
  jobId: string,
  firstPosition: number,
): string {
  return itemIdAt(jobId, firstPosition + (indexes[row] ?? 0), numbers[row]);
}

/** 16 bytes for each of the rows. */
export function identityHashesOf({ hashes }: UnitSurvey, rows: readonly number[]): Uint8Array {
  if (rows.length * hashLength === hashes.length) return hashes;
  const chosen = new Uint8Array(rows.length * hashLength);
  rows.forEach((row, index) => {
    chosen.set(hashes.subarray(row * hashLength, (row + 1) * hashLength), index * hashLength);
  });
  return chosen;
}

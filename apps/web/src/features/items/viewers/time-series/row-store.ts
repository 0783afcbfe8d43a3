import { extremesOf } from './extremes.js';

/** Values in memory at most, over all columns: 128 MB of them. */
const maxValues = 16_000_000;
const maxRows = 2_000_000;

export interface StoredRows {
  readonly times: Float64Array<ArrayBuffer>;
  readonly columns: readonly Float64Array<ArrayBuffer>[];
  /** Rows of the file for one that is stored: 1 while all fit. */
  readonly rowsPerPoint: number;
}

/**
 * Rows of a time and values in memory that does not grow with the file: when it is full, each four rows become two, which
 * hold the smallest and the largest values of the four.
 */
export class RowStore {
  private readonly capacity: number;
  private times = new Float64Array(1024);
  private columns: Float64Array<ArrayBuffer>[];
  private length = 0;
  private rowsPerPoint = 1;
  private readonly waiting: { times: number[]; columns: number[][] };

  constructor(width: number, limits = { maxValues, maxRows }) {
    const rows = Math.min(limits.maxRows, limits.maxValues / (width + 1));
    this.capacity = Math.max(4, Math.floor(rows / 4) * 4);
    this.columns = Array.from({ length: width }, () => new Float64Array(1024));
    this.waiting = { times: [], columns: this.columns.map(() => []) };
  }

  add(time: number, values: readonly number[]): void {
    if (this.rowsPerPoint === 1) this.store(time, values);
    else this.gather(time, values);
  }

  private gather(time: number, values: readonly number[]): void {
    const { times, columns } = this.waiting;
    times.push(time);
    columns.forEach((column, at) => {
      column.push(values[at] ?? Number.NaN);
    });
    if (times.length === this.rowsPerPoint * 2) this.flush();
  }

  end(): StoredRows {
    this.flush();
    const { length } = this;
    return {
      times: this.times.slice(0, length),
      columns: this.columns.map((column) => column.slice(0, length)),
      rowsPerPoint: this.rowsPerPoint,
    };
  }

  private flush(): void {
    const { times, columns } = this.waiting;
    const [first] = times;
    if (first === undefined) return;
    const pairs = columns.map((column) => extremesOf(column, 0, column.length));
    const middle = times[Math.floor(times.length / 2)] ?? first;
    times.length = 0;
    for (const column of columns) column.length = 0;
    this.store(
      first,
      pairs.map(([value]) => value),
    );
    this.store(
      middle,
      pairs.map(([, value]) => value),
    );
  }

  private store(time: number, values: readonly number[]): void {
    const isFull = this.length === this.capacity;
    if (isFull) this.halve();
    // The first row after single ones waits for the others of its pair.
    if (isFull && this.rowsPerPoint === 2) this.gather(time, values);
    else this.append(time, values);
  }

  private append(time: number, values: readonly number[]): void {
    if (this.length === this.times.length) this.grow();
    this.times[this.length] = time;
    this.columns.forEach((column, at) => {
      column[this.length] = values[at] ?? Number.NaN;
    });
    this.length += 1;
  }

  private grow(): void {
    const size = Math.min(this.times.length * 2, this.capacity);
    const larger = (old: Float64Array) => {
      const array = new Float64Array(Math.max(size, 1024));
      array.set(old);
      return array;
    };
    this.times = larger(this.times);
    this.columns = this.columns.map(larger);
  }

  private halve(): void {
    for (let at = 0; at < this.length; at += 4) {
      this.times[at / 2] = this.times[at] ?? 0;
      this.times[at / 2 + 1] = this.times[at + 2] ?? 0;
      for (const column of this.columns) column.set(extremesOf(column, at, at + 4), at / 2);
    }
    this.length /= 2;
    this.rowsPerPoint *= 2;
  }
}

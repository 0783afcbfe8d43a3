/** The types of columns that rows are written for. */
export type CopyType =
  | 'uuid'
  | 'text'
  | 'bytea'
  | 'jsonb'
  | 'timestamptz'
  | 'bigint'
  | 'integer'
  | 'double'
  | 'boolean';

/**
 * uuid: its 16 bytes, or as text. jsonb: JSON text. timestamptz: milliseconds since 1970. Numbers of whole types are
 * whole.
 */
export type CopyValue = string | number | boolean | Uint8Array | null | undefined;

export type CopyColumns<Column extends string> = Readonly<Record<Column, CopyType>>;
export type CopyRow<Column extends string> = Readonly<Record<Column, CopyValue>>;

/** The column count in front of each row, and the length in front of each value. */
export const countBytes = 2;
export const lengthBytes = 4;
export const uuidBytes = 16;

const nullLength = -1;
const jsonbVersion = 1;
/** PostgreSQL counts from the year 2000. */
const epochMs = Date.UTC(2000, 0, 1);
const bytesPerCodeUnit = 3;
const wordValues = 2 ** 32;

/**
 * Rows in COPY's binary format, one after the other, without the header and the end of the whole (`CopyStatement`
 * takes them so). Half of what a row costs PostgreSQL in COPY's text format is reading the text. Meant to be used
 * again and again: memory outside of the JavaScript heap, got anew for each part, made the garbage collector run all
 * the time.
 */
export class CopyRows<Column extends string> {
  readonly #columns: readonly (readonly [Column, CopyType])[];
  #bytes: Buffer;
  #length = 0;

  constructor(columns: CopyColumns<Column>, initialBytes: number) {
    this.#columns = Object.entries(columns) as [Column, CopyType][];
    this.#bytes = Buffer.allocUnsafeSlow(initialBytes);
  }

  get length(): number {
    return this.#length;
  }

  append(row: CopyRow<Column>): void {
    this.#reserve(countBytes);
    this.#length = this.#bytes.writeInt16BE(this.#columns.length, this.#length);
    for (const [column, type] of this.#columns) this.#put(type, row[column]);
  }

  /** A copy, in memory of `allocate`, that can be handed to another thread; there are no rows afterwards. */
  take(
    allocate = (bytes: number): Uint8Array<ArrayBuffer> => new Uint8Array(bytes),
  ): Uint8Array<ArrayBuffer> {
    const taken = allocate(this.#length);
    taken.set(this.#bytes.subarray(0, this.#length));
    this.clear();
    return taken;
  }

  clear(): void {
    this.#length = 0;
  }

  #put(type: CopyType, value: CopyValue): void {
    if (value === null || value === undefined) this.#putWord(nullLength);
    else if (typeof value === 'string') this.#putString(type, value);
    else if (typeof value === 'number') this.#putNumber(type, value);
    else if (typeof value === 'boolean') this.#putBytes(value ? trueBytes : falseBytes);
    else this.#putBytes(value);
  }

  #putString(type: CopyType, value: string): void {
    if (type === 'uuid') this.#putUuid(value);
    else if (type === 'jsonb') this.#putText(value, jsonbVersion);
    else this.#putText(value, null);
  }

  #putNumber(type: CopyType, value: number): void {
    if (type === 'integer') {
      this.#putWord(4);
      this.#putWord(value);
      return;
    }
    this.#putWord(8);
    this.#reserve(8);
    if (type === 'double') this.#length = this.#bytes.writeDoubleBE(value, this.#length);
    else this.#putLong(type === 'timestamptz' ? (value - epochMs) * 1000 : value);
  }

  /** A BigInt costs three times as much. */
  #putLong(value: number): void {
    const high = Math.floor(value / wordValues);
    this.#length = this.#bytes.writeInt32BE(high, this.#length);
    this.#length = this.#bytes.writeUInt32BE(value - high * wordValues, this.#length);
  }

  #putText(value: string, version: number | null): void {
    this.#reserve(lengthBytes + 1 + value.length * bytesPerCodeUnit);
    const start = this.#length + lengthBytes;
    let end = start;
    if (version !== null) end = this.#bytes.writeUInt8(version, end);
    end += this.#bytes.write(value, end, 'utf8');
    this.#bytes.writeInt32BE(end - start, this.#length);
    this.#length = end;
  }

  /** A tenth of what `uuidToBytes` costs. */
  #putUuid(value: string): void {
    this.#putWord(uuidBytes);
    this.#reserve(uuidBytes);
    for (let at = 0; at < value.length; at += 2) {
      if (value.charCodeAt(at) === hyphen) at++;
      this.#bytes[this.#length++] = (digitAt(value, at) << 4) | digitAt(value, at + 1);
    }
  }

  #putBytes(value: Uint8Array): void {
    this.#putWord(value.length);
    this.#reserve(value.length);
    this.#bytes.set(value, this.#length);
    this.#length += value.length;
  }

  #putWord(value: number): void {
    this.#reserve(4);
    this.#length = this.#bytes.writeInt32BE(value, this.#length);
  }

  #reserve(bytes: number): void {
    const needed = this.#length + bytes;
    if (needed <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(needed, this.#bytes.length * 2));
    this.#bytes.copy(larger, 0, 0, this.#length);
    this.#bytes = larger;
  }
}

const hyphen = 0x2d;

/** The value of a hexadecimal digit. */
function digitAt(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code < 0x3a ? code - 0x30 : (code | 0x20) - 0x57;
}

const trueBytes = Uint8Array.of(1);
const falseBytes = Uint8Array.of(0);

export const uuidToBytes = (uuid: string): Buffer => Buffer.from(uuid.replaceAll('-', ''), 'hex');

const signature = Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1');
/** Stands before the first row. Neither flags nor an extension. */
export const copyHeader = Buffer.concat([signature, Buffer.alloc(8)]);
/** Stands behind the last row. */
export const copyTrailer = Buffer.from([0xff, 0xff]);

/** What COPY reads: the rows with the header and the end of the binary format, in memory that can be handed over. */
export function framed(rows: Uint8Array): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(copyHeader.length + rows.length + copyTrailer.length);
  whole.set(copyHeader);
  whole.set(rows, copyHeader.length);
  whole.set(copyTrailer, copyHeader.length + rows.length);
  return whole;
}

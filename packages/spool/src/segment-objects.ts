import type { S3Client } from './s3-client.js';
import { SpoolDamagedError } from './spool.js';

/** What the object that completes a manifest says. */
export interface SegmentCount {
  segments: number;
  bytes: number;
  segmentBytes: number;
}

/** Of two segments on their way the second may have arrived alone when a write was ended. */
const WIDEST_GAP = 1;
const COUNT_BYTES = 1024;

/** The objects of one manifest. */
export class SegmentObjects {
  readonly #client: S3Client;
  readonly #key: string;
  readonly #folder: string;

  constructor(client: S3Client, prefix: string, key: string) {
    this.#client = client;
    this.#key = key;
    this.#folder = `${prefix}${key}/`;
  }

  put(number: number, segment: Uint8Array<ArrayBuffer>): Promise<void> {
    return this.#client.put(this.#segment(number), segment);
  }

  get(number: number, start: number, end: number): Promise<Buffer | null> {
    return this.#client.get(this.#segment(number), start, end);
  }

  putCount(count: SegmentCount): Promise<void> {
    return this.#client.put(`${this.#folder}count`, new TextEncoder().encode(writeCount(count)));
  }

  /**
   * Null: the manifest was not written to its end.
   * @throws {SpoolDamagedError}
   */
  async getCount(): Promise<SegmentCount | null> {
    const text = await this.#client.get(`${this.#folder}count`, 0, COUNT_BYTES);
    if (text === null) return null;
    const count = readCount(text.toString());
    if (count === null) throw new SpoolDamagedError(this.#key, 'its count of segments cannot be read');
    return count;
  }

  /** From the last one down and the count at the end, so that a removal that was ended can be done again. */
  async remove(segments: number): Promise<void> {
    for (let number = segments - 1; number >= 0; number -= 1) {
      await this.#client.delete(this.#segment(number));
    }
    await this.#client.delete(`${this.#folder}count`);
  }

  /**
   * How many segments there are. Without a count it is found by reading: a DELETE answers the same for an object
   * that is not there.
   */
  async findEnd(): Promise<number> {
    const count = await this.getCount().catch((error: unknown) => {
      if (error instanceof SpoolDamagedError) return null;
      throw error;
    });
    if (count !== null) return count.segments;
    let end = 0;
    for (let number = 0; number <= end + WIDEST_GAP; number += 1) {
      if ((await this.#client.get(this.#segment(number), 0, 1)) !== null) end = number + 1;
    }
    return end;
  }

  #segment(number: number): string {
    return `${this.#folder}${String(number).padStart(6, '0')}`;
  }
}

function writeCount({ segments, bytes, segmentBytes }: SegmentCount): string {
  return `${segments} segments, ${bytes} bytes, ${segmentBytes} bytes a segment`;
}

function readCount(text: string): SegmentCount | null {
  const [, segments, bytes, segmentBytes] =
    /^(\d{1,6}) segments, (\d{1,15}) bytes, (\d{1,15}) bytes a segment$/.exec(text) ?? [];
  const count = { segments: Number(segments), bytes: Number(bytes), segmentBytes: Number(segmentBytes) };
  return Math.ceil(count.bytes / count.segmentBytes) === count.segments ? count : null;
}

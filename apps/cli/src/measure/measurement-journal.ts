import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { type FileHandle, open, rm } from 'node:fs/promises';
import type { MediaMetadata } from '@latchkey/contract/schemas/media-metadata';
import type { Measurements } from '@latchkey/measuring/measurements';
import { fileWriteError } from '../file-write-error.js';

interface Place {
  readonly start: number;
  readonly length: number;
}

const newline = 0x0a;

/**
 * What was measured, one object a line, in a file that outlives the process: so that a run that was interrupted goes
 * on, and so that the measurements of a large manifest need no memory but for their places. Objects stand there by a
 * digest, because their identity may hold a secret.
 */
export class MeasurementJournal implements Measurements {
  readonly #path: string;
  readonly #file: FileHandle;
  readonly #places: Map<string, Place>;
  #end: number;
  #writing: Promise<void> = Promise.resolve();

  private constructor(path: string, file: FileHandle, places: Map<string, Place>, end: number) {
    this.#path = path;
    this.#file = file;
    this.#places = places;
    this.#end = end;
  }

  /** Goes on with the file if it is there. Its last line counts only if it was written to its end. */
  static async open(path: string): Promise<MeasurementJournal> {
    const { places, end } = existsSync(path) ? await readPlaces(path) : { places: new Map(), end: 0 };
    const file = await open(path, existsSync(path) ? 'r+' : 'wx+', 0o600).catch(
      (error: NodeJS.ErrnoException) => {
        throw fileWriteError(path, error);
      },
    );
    await file.truncate(end);
    return new MeasurementJournal(path, file, places, end);
  }

  get size(): number {
    return this.#places.size;
  }

  has(key: string): boolean {
    return this.#places.has(digestOf(key));
  }

  async add(key: string, metadata: MediaMetadata): Promise<void> {
    const digest = digestOf(key);
    const line = Buffer.from(`${JSON.stringify([digest, metadata])}\n`);
    const place = { start: this.#end, length: line.length };
    this.#end += line.length;
    // One behind the other, so that a process that is killed leaves no gap.
    this.#writing = this.#writing.then(() => this.#write(line, place.start));
    await this.#writing;
    this.#places.set(digest, place);
  }

  async #write(line: Buffer, start: number): Promise<void> {
    await this.#file.write(line, 0, line.length, start).catch((error: NodeJS.ErrnoException) => {
      throw fileWriteError(this.#path, error);
    });
  }

  /** The measurements of these objects, as far as there are some. */
  async find(keys: readonly string[]): Promise<Map<string, MediaMetadata>> {
    const found = new Map<string, MediaMetadata>();
    for (const key of keys) {
      const place = this.#places.get(digestOf(key));
      if (!place) continue;
      const line = Buffer.alloc(place.length);
      await this.#file.read(line, 0, place.length, place.start);
      found.set(key, parseLine(line)[1]);
    }
    return found;
  }

  async close(): Promise<void> {
    await this.#file.close();
  }

  /** Closes the journal for good: what it holds is not needed any more. */
  async remove(): Promise<void> {
    await this.close();
    await rm(this.#path, { force: true });
  }
}

const digestOf = (key: string): string => createHash('sha256').update(key).digest('base64url').slice(0, 22);

// Written by `add`, to a file of its own.
const parseLine = (line: Buffer): [digest: string, metadata: MediaMetadata] => JSON.parse(line.toString());

async function readPlaces(path: string): Promise<{ places: Map<string, Place>; end: number }> {
  const places = new Map<string, Place>();
  let rest: Buffer = Buffer.alloc(0);
  let end = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: 1024 * 1024 })) {
    rest = Buffer.concat([rest, chunk as Buffer]);
    for (let at = rest.indexOf(newline); at >= 0; at = rest.indexOf(newline)) {
      places.set(parseLine(rest.subarray(0, at))[0], { start: end, length: at + 1 });
      end += at + 1;
      rest = rest.subarray(at + 1);
    }
  }
  return { places, end };
}

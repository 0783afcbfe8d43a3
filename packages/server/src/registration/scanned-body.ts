import { LatchkeyError } from '@latchkey/contract/errors';
import type { CsvConverter } from '@latchkey/manifest/csv/csv-converter';
import type { ManifestScanner } from '@latchkey/manifest/scan/manifest-scanner';
import type { ManifestOutline } from '@latchkey/manifest/scan/outline';
import type { BodySource } from './body-source.js';

/** Scans a body while its bytes are passed on; they end where it turns out to be no manifest. */
export class ScannedBody {
  readonly #source: BodySource;
  readonly #scanner: ManifestScanner;
  readonly #maxBytes: number;
  /** Null unless the body is CSV, which is kept as the NDJSON that it is converted to. */
  readonly #csv: CsvConverter | null;
  #size = 0;
  #refusal: unknown;
  #outline: ManifestOutline | undefined;

  constructor(
    source: BodySource,
    scanner: ManifestScanner,
    maxBytes: number,
    csv: CsvConverter | null = null,
  ) {
    this.#source = source;
    this.#scanner = scanner;
    this.#maxBytes = maxBytes;
    this.#csv = csv;
  }

  /** Why the body is no manifest. */
  get refusal(): unknown {
    return this.#refusal;
  }

  /** Once all bytes were passed on. */
  outline(): ManifestOutline {
    if (!this.#outline) throw new Error('The scanner gave no outline.');
    return this.#outline;
  }

  async *bytes(): AsyncGenerator<Uint8Array> {
    const { chunks } = this.#source;
    // `for await` would end the source when it is left.
    for (let next = await chunks.next(); !next.done; next = await chunks.next()) {
      const given = next.value;
      const chunk = this.#accepted(() => this.#take(given));
      if (!chunk) return;
      if (chunk.length > 0) yield chunk;
    }
    const rest = this.#accepted(() => this.#end());
    if (rest && rest.length > 0) yield rest;
  }

  #take(given: Uint8Array): Uint8Array {
    const chunk = this.#csv?.push(given) ?? given;
    this.#scan(chunk);
    return chunk;
  }

  /** What a CSV manifest still has to give. */
  #end(): Uint8Array {
    const rest = this.#csv?.end() ?? new Uint8Array(0);
    this.#scan(rest);
    const outline = this.#scanner.end();
    this.#csv?.complete(outline);
    this.#outline = outline;
    return rest;
  }

  #scan(chunk: Uint8Array): void {
    this.#size += chunk.length;
    if (this.#size > this.#maxBytes)
      throw new LatchkeyError(
        'body_too_large',
        `The manifest is larger than ${this.#maxBytes} bytes (limit manifestBytes). Split it.`,
      );
    this.#scanner.push(chunk);
  }

  /** Null: a refusal, which is told when the body was read to its end. A body that is too large is not read on. */
  #accepted<Result>(step: () => Result): Result | null {
    try {
      return step();
    } catch (error) {
      if (!(error instanceof LatchkeyError) || error.code === 'body_too_large') throw error;
      this.#refusal = error;
      return null;
    }
  }
}

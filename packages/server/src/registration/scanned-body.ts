import { LatchkeyError } from '@latchkey/contract/errors';
import type { ManifestScanner } from '@latchkey/manifest/scan/manifest-scanner';
import type { ManifestOutline } from '@latchkey/manifest/scan/outline';
import type { BodySource } from './body-source.js';

/** Scans a body while its bytes are passed on; they end where it turns out to be no manifest. */
export class ScannedBody {
  readonly #source: BodySource;
  readonly #scanner: ManifestScanner;
  readonly #maxBytes: number;
  #size = 0;
  #refusal: unknown;
  #outline: ManifestOutline | undefined;

  constructor(source: BodySource, scanner: ManifestScanner, maxBytes: number) {
    this.#source = source;
    this.#scanner = scanner;
    this.#maxBytes = maxBytes;
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
      const chunk = next.value;
      if (!this.#isGood(() => this.#scan(chunk))) return;
      yield chunk;
    }
    this.#isGood(() => {
      this.#outline = this.#scanner.end();
    });
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

  /** False: a refusal, which is told when the body was read to its end. A body that is too large is not read on. */
  #isGood(step: () => void): boolean {
    try {
      step();
      return true;
    } catch (error) {
      if (!(error instanceof LatchkeyError) || error.code === 'body_too_large') throw error;
      this.#refusal = error;
      return false;
    }
  }
}

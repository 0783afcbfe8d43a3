import { LatchkeyError } from '@latchkey/contract/errors';
import { limits as contractLimits, type ManifestLimits } from '@latchkey/contract/limits';
import { warningAt } from '../warnings.js';
import type { BodyScanner } from './body-scanner.js';
import { JsonBody } from './json-body.js';
import type { ManifestForm } from './manifest-events.js';
import { NdjsonScanner } from './ndjson-scanner.js';
import type { ManifestOutline, ManifestPart } from './outline.js';
import { PartBuilder } from './part-builder.js';
import { headBytes, pastedHint, readEncoding } from './pasted.js';

export interface ManifestScannerOptions {
  /** `envelope`: the body that the official client posts, with the manifest inside. `ndjson`: one unit a line. */
  form: ManifestForm;
  /** Default 1000. */
  unitsPerPart?: number;
  /** A part is closed once it has as many; default 1 MiB. */
  bytesPerPart?: number;
  /** Default: the limits of the contract. */
  limits?: Partial<ManifestLimits>;
  /** Takes the parts as they are found; without it the outline holds them. */
  onPart?: (part: ManifestPart) => void;
}

/**
 * Finds the elements of a manifest in chunks of any size while checking that the whole is JSON; lines of NDJSON are
 * checked when they are read. Trailing commas and a byte order mark pass with a warning. Methods throw
 * `LatchkeyError`; after that the scanner is of no more use.
 */
export class ManifestScanner {
  private readonly parts: ManifestPart[] = [];
  private readonly builder: PartBuilder;
  private readonly body: BodyScanner;
  private head: Uint8Array<ArrayBufferLike> = new Uint8Array(0);
  private started = false;
  private markBytes = 0;

  constructor(options: ManifestScannerOptions) {
    const limits = { ...contractLimits, ...options.limits };
    this.builder = new PartBuilder({
      unitsPerPart: options.unitsPerPart ?? 1000,
      bytesPerPart: options.bytesPerPart ?? 1024 * 1024,
      maxUnits: limits.manifestUnits,
      maxElementBytes: limits.manifestElementBytes,
      onPart: this.placed(options.onPart ?? ((part) => this.parts.push(part))),
    });
    this.body =
      options.form === 'ndjson' ? new NdjsonScanner(this.builder) : new JsonBody(options.form, this.builder);
  }

  /** Bytes before this offset belong to no part that is still to come. */
  get neededFrom(): number {
    return this.markBytes + (this.builder.openFrom ?? this.body.reportedTo);
  }

  get unitCount(): number {
    return this.builder.unitCount;
  }

  push(chunk: Uint8Array): void {
    if (this.started) {
      this.body.push(chunk);
      return;
    }
    this.head = concat(this.head, chunk);
    if (this.head.length >= headBytes) this.start();
  }

  end(): ManifestOutline {
    if (!this.started) this.start();
    const byteLength = this.markBytes + this.body.offset;
    return { parts: this.parts, ...this.body.finish(), byteLength, csvColumns: null };
  }

  /** The head is looked at as a whole, so that messages do not depend on how the input is cut. */
  private start(): void {
    const { head } = this;
    this.started = true;
    this.head = new Uint8Array(0);
    this.markBytes = readEncoding(head);
    if (this.markBytes > 0)
      this.body.warnings.add(
        warningAt('byte_order_mark', 'The file starts with a byte order mark.', { line: 1, column: 1 }),
      );
    try {
      this.body.push(head.subarray(this.markBytes));
    } catch (error) {
      throw withHint(error, head.subarray(this.markBytes));
    }
  }

  /** The scan starts behind the byte order mark, parts count from the first byte of the file. */
  private placed(onPart: (part: ManifestPart) => void): (part: ManifestPart) => void {
    return (part) => {
      part.byteStart += this.markBytes;
      part.byteEnd += this.markBytes;
      onPart(part);
    };
  }
}

function withHint(error: unknown, head: Uint8Array): unknown {
  if (!(error instanceof LatchkeyError)) return error;
  const isAtStart = error.details?.['line'] === 1 || error.code === 'not_a_manifest';
  const hint = isAtStart ? pastedHint(head) : undefined;
  if (hint === undefined) return error;
  return new LatchkeyError(error.code, `${error.message} ${hint}`, {
    cause: error,
    ...(error.details && { details: error.details }),
  });
}

function concat(first: Uint8Array, second: Uint8Array): Uint8Array {
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}

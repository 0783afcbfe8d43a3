import type { ManifestLimits } from '@latchkey/contract/limits';
import type { ManifestForm } from './scan/manifest-events.js';
import { ManifestScanner } from './scan/manifest-scanner.js';
import type { ManifestOutline, ManifestPart } from './scan/outline.js';
import { SliceWindow } from './slice-window.js';

/** A stretch of a manifest: elements to be read, or (`part` null) what stands between them. */
export interface ManifestPiece {
  readonly part: ManifestPart | null;
  readonly bytes: Uint8Array;
}

export interface ManifestPiecesOptions {
  readonly form: ManifestForm;
  readonly limits?: ManifestLimits | undefined;
}

/** Cuts a manifest that comes in chunks into pieces, which joined are the manifest again. Holds one part at most. */
export class ManifestPieces {
  private readonly window = new SliceWindow();
  private readonly scanner: ManifestScanner;
  private found: ManifestPart[] = [];
  private givenTo = 0;
  private size = 0;

  constructor({ form, limits }: ManifestPiecesOptions) {
    this.scanner = new ManifestScanner({
      form,
      ...(limits && { limits }),
      onPart: (part) => this.found.push(part),
    });
  }

  get unitCount(): number {
    return this.scanner.unitCount;
  }

  /** Throws `LatchkeyError` for what is not a manifest. */
  push(chunk: Uint8Array): ManifestPiece[] {
    this.size += chunk.length;
    this.window.append(chunk);
    this.scanner.push(chunk);
    return this.take(this.scanner.neededFrom);
  }

  end(): { readonly pieces: ManifestPiece[]; readonly outline: ManifestOutline } {
    const outline = this.scanner.end();
    return { pieces: this.take(this.size), outline };
  }

  private take(to: number): ManifestPiece[] {
    const pieces: ManifestPiece[] = [];
    for (const part of this.found) {
      this.addGap(pieces, part.byteStart);
      pieces.push({ part, bytes: this.window.slice(part.byteStart, part.byteEnd) });
      this.givenTo = part.byteEnd;
    }
    this.found = [];
    this.addGap(pieces, to);
    this.window.dropBefore(this.givenTo);
    return pieces;
  }

  private addGap(pieces: ManifestPiece[], to: number): void {
    if (to <= this.givenTo) return;
    pieces.push({ part: null, bytes: this.window.slice(this.givenTo, to) });
    this.givenTo = to;
  }
}

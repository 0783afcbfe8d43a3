const encoder = new TextEncoder();

/** Gathers bytes into pieces. */
export class ByteBatch {
  private pieces: Uint8Array[] = [];
  private size = 0;

  get length(): number {
    return this.size;
  }

  add(piece: Uint8Array | string): void {
    const bytes = typeof piece === 'string' ? encoder.encode(piece) : piece;
    this.pieces.push(bytes);
    this.size += bytes.length;
  }

  /** What was added since the last time, as one. */
  take(): Uint8Array {
    const all = new Uint8Array(this.size);
    let at = 0;
    for (const piece of this.pieces) {
      all.set(piece, at);
      at += piece.length;
    }
    this.pieces = [];
    this.size = 0;
    return all;
  }
}

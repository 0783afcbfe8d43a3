const LONGEST = 4096;

/** Keeps the bytes of one short string of the upper levels; a longer one is given up. */
export class Capture {
  private pieces: Uint8Array[] = [];
  private length = 0;

  start(): void {
    this.pieces = [];
    this.length = 0;
  }

  add(bytes: Uint8Array): void {
    this.length += bytes.length;
    if (this.length > LONGEST) this.pieces = [];
    else this.pieces.push(bytes.slice());
  }

  /** The string that the bytes between two quotes stand for; null if it was given up. */
  text(): string | null {
    if (this.length > LONGEST) return null;
    const all = new Uint8Array(this.length);
    let at = 0;
    for (const piece of this.pieces) {
      all.set(piece, at);
      at += piece.length;
    }
    return String(JSON.parse(`"${new TextDecoder('utf-8', { ignoreBOM: true }).decode(all)}"`));
  }
}

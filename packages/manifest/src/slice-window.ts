/** The last stretch of a stream: what is appended at the end and dropped at the front. Keeps the chunks as given. */
export class SliceWindow {
  private chunks: Uint8Array[] = [];
  private start = 0;

  get keptBytes(): number {
    return this.chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  }

  append(chunk: Uint8Array): void {
    this.chunks.push(chunk);
  }

  /** Drops whole chunks that end at or before `offset`. */
  dropBefore(offset: number): void {
    let count = 0;
    for (const chunk of this.chunks) {
      if (this.start + chunk.length > offset) break;
      this.start += chunk.length;
      count++;
    }
    if (count > 0) this.chunks = this.chunks.slice(count);
  }

  /** The bytes from `from` up to `to`, which are all still kept. */
  slice(from: number, to: number): Uint8Array {
    const result = new Uint8Array(to - from);
    let at = this.start;
    for (const chunk of this.chunks) {
      const begin = Math.max(from, at);
      const end = Math.min(to, at + chunk.length);
      if (begin < end) result.set(chunk.subarray(begin - at, end - at), begin - from);
      at += chunk.length;
    }
    return result;
  }
}

const bytesPerCodeUnit = 3;

/**
 * Text gathered as UTF-8. Meant to be used again and again: memory outside of the JavaScript heap, got anew for each
 * part, made the garbage collector run all the time.
 */
export class RowBuffer {
  #bytes: Buffer;
  #length = 0;

  constructor(initialBytes: number) {
    this.#bytes = Buffer.allocUnsafeSlow(initialBytes);
  }

  get length(): number {
    return this.#length;
  }

  append(text: string): void {
    const needed = this.#length + text.length * bytesPerCodeUnit;
    if (needed > this.#bytes.length) this.#grow(needed);
    this.#length += this.#bytes.write(text, this.#length, 'utf8');
  }

  /** A copy that can be handed to another thread; the buffer is empty afterwards. */
  take(): Uint8Array<ArrayBuffer> {
    const taken = new Uint8Array(this.#length);
    taken.set(this.#bytes.subarray(0, this.#length));
    this.#length = 0;
    return taken;
  }

  #grow(needed: number): void {
    const larger = Buffer.allocUnsafeSlow(Math.max(needed, this.#bytes.length * 2));
    this.#bytes.copy(larger, 0, 0, this.#length);
    this.#bytes = larger;
  }
}

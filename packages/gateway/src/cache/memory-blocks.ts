/** The blocks used last, up to a number of bytes. */
export class MemoryBlocks {
  readonly #maxBytes: number;
  readonly #blocks = new Map<string, Buffer>();
  #bytes = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  get bytes(): number {
    return this.#bytes;
  }

  get(objectId: number, index: number): Buffer | null {
    const name = `${objectId}:${index}`;
    const block = this.#blocks.get(name);
    if (block === undefined) return null;
    // A Map keeps the order in which its names came: the first is the one that was used longest ago.
    this.#blocks.delete(name);
    this.#blocks.set(name, block);
    return block;
  }

  put(objectId: number, index: number, block: Buffer): void {
    if (block.length > this.#maxBytes) return;
    this.delete(objectId, index);
    this.#blocks.set(`${objectId}:${index}`, block);
    this.#bytes += block.length;
    for (const [name, oldest] of this.#blocks) {
      if (this.#bytes <= this.#maxBytes) break;
      this.#blocks.delete(name);
      this.#bytes -= oldest.length;
    }
  }

  delete(objectId: number, index: number): void {
    const name = `${objectId}:${index}`;
    const block = this.#blocks.get(name);
    if (block === undefined) return;
    this.#blocks.delete(name);
    this.#bytes -= block.length;
  }
}

/** Two for each part that is on its way: what it is read from, and its rows. */
const mostFree = 8;
const grain = 256 * 1024;

/**
 * Memory that parts use one after the other. Got anew for each part it outlives the young generation, and every 64 MB
 * of it made the garbage collector mark the whole heap: a tenth of what registration cost.
 */
export class PartMemory {
  /** The largest last. */
  readonly #free: ArrayBuffer[] = [];

  /** Exactly as many bytes, whatever they hold. */
  take(bytes: number): Buffer<ArrayBuffer> {
    const index = this.#free.findIndex(({ byteLength }) => byteLength >= bytes);
    const [found] = index < 0 ? [] : this.#free.splice(index, 1);
    return Buffer.from(found ?? new ArrayBuffer(Math.ceil(bytes / grain) * grain), 0, bytes);
  }

  /** Of what nobody uses any more: memory that `take` gave, here or in another thread. */
  giveBack(memory: ArrayBuffer): void {
    if (memory.byteLength === 0) return;
    this.#free.push(memory);
    this.#free.sort((one, other) => one.byteLength - other.byteLength);
    if (this.#free.length > mostFree) this.#free.shift();
  }
}

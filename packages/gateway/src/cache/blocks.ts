/** What is fetched, kept and dropped as one: a range of a viewer fits, and a small object is one block. */
export const blockBytes = 256 * 1024;

export const blockOf = (at: number): number => Math.floor(at / blockBytes);

/** Of the block with this index in an object of this size. */
export function lengthOf(index: number, size: number): number {
  return Math.min(blockBytes, size - index * blockBytes);
}

/** Whose blocks are stored. */
export interface BlockOwner {
  readonly id: number;
  /** One for each block that is on disk. */
  readonly stored: Uint8Array;
  /** Blocks that are being written, whose bytes are to be had meanwhile. */
  readonly writing: Map<number, Buffer>;
  /** On disk. */
  storedBytes: number;
  blockLength(index: number): number;
  /** No more of its blocks are kept. */
  stopKeeping(): void;
  /** Called when something that made it busy has ended. */
  settle(): void;
  /** It has left the cache: its blocks go with the last reader. */
  retire(): void;
}

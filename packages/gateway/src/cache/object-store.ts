import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type BlockOwner, blockBytes } from './blocks.js';
import { MemoryBlocks } from './memory-blocks.js';
import { OpenFiles } from './open-files.js';

export interface StoreOptions {
  directory: string;
  maxBytes: number;
  maxMemoryBytes: number;
  /** Makes room for so many bytes; false if it cannot. */
  makeRoom: (bytes: number) => boolean;
  /** The object may no longer be found. */
  forget: (object: BlockOwner) => void;
  onError: (error: unknown) => void;
}

/** Files are allocated by pages of the file system. */
const pageBytes = 4096;
const maxOpenFiles = 1000;
/** Of blocks on their way to the disk: one that is slower than the origin must not fill the memory. */
const maxWritingBytes = 64 * 1024 * 1024;

/** Blocks in one sparse file an object, and the last used ones in memory. */
export class ObjectStore {
  readonly #options: StoreOptions;
  readonly #memory: MemoryBlocks;
  readonly #files = new OpenFiles(maxOpenFiles);
  #usedBytes = 0;
  #writingBytes = 0;

  constructor(options: StoreOptions) {
    this.#options = options;
    this.#memory = new MemoryBlocks(options.maxMemoryBytes);
  }

  get usedBytes(): number {
    return this.#usedBytes;
  }

  get memoryBytes(): number {
    return this.#memory.bytes;
  }

  remembered(object: BlockOwner, index: number): Buffer | null {
    return this.#memory.get(object.id, index);
  }

  /** Null if the block is lost, which makes it one that is not there. */
  async load(object: BlockOwner, index: number): Promise<Buffer | null> {
    const length = object.blockLength(index);
    const block = Buffer.allocUnsafeSlow(length);
    try {
      const { bytesRead } = await this.#files.use(this.#pathOf(object), (file) =>
        file.read(block, 0, length, index * blockBytes),
      );
      if (bytesRead === length) {
        this.#memory.put(object.id, index, block);
        return block;
      }
      throw new Error(`a file of the cache has ${bytesRead} bytes of a block of ${length}`);
    } catch (error) {
      object.stored[index] = 0;
      this.#options.onError(error);
      return null;
    }
  }

  /** Keeps a block, as far as there is room; what the disk does not keep up with is fetched again when it is asked for. */
  save(object: BlockOwner, index: number, block: Buffer): void {
    if (object.stored[index] === 1 || object.writing.has(index)) return;
    if (this.#writingBytes + block.length > maxWritingBytes) return;
    const bytes = Math.ceil(block.length / pageBytes) * pageBytes;
    if (this.#usedBytes + bytes > this.#options.maxBytes && !this.#options.makeRoom(bytes)) {
      object.stopKeeping();
      return;
    }
    this.#usedBytes += bytes;
    object.storedBytes += bytes;
    this.#writingBytes += block.length;
    object.writing.set(index, block);
    this.#write(object, index, block).then(
      () => {
        object.stored[index] = 1;
        this.#memory.put(object.id, index, block);
        this.#written(object, index, block);
      },
      (error: unknown) => {
        object.storedBytes -= bytes;
        this.#usedBytes -= bytes;
        object.stopKeeping();
        this.#options.onError(error);
        this.#written(object, index, block);
      },
    );
  }

  forget(object: BlockOwner): void {
    this.#options.forget(object);
  }

  /** Removes the blocks of an object that nobody uses. */
  remove(object: BlockOwner): void {
    const blocks = object.stored.length;
    for (let index = 0; index < blocks; index += 1) this.#memory.delete(object.id, index);
    if (object.storedBytes === 0) return;
    // It may still be asked for: a request that waited for the origin takes up what was dropped meanwhile.
    object.stored.fill(0);
    this.#usedBytes -= object.storedBytes;
    object.storedBytes = 0;
    const path = this.#pathOf(object);
    this.#files.drop(path);
    rm(path, { force: true }).catch(this.#options.onError);
  }

  close(): void {
    this.#files.closeAll();
  }

  async #write(object: BlockOwner, index: number, block: Buffer): Promise<void> {
    await this.#files.use(this.#pathOf(object), async (file) => {
      const at = index * blockBytes;
      const { bytesWritten } = await file.write(block, 0, block.length, at);
      if (bytesWritten < block.length) throw new Error('the disk of the cache took a part of a block only');
    });
  }

  #written(object: BlockOwner, index: number, block: Buffer): void {
    this.#writingBytes -= block.length;
    object.writing.delete(index);
    object.settle();
  }

  #pathOf(object: BlockOwner): string {
    return join(this.#options.directory, `${object.id.toString(36)}.blocks`);
  }
}

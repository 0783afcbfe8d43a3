import { constants, type FileHandle, open } from 'node:fs/promises';

interface OpenFile {
  handle: Promise<FileHandle>;
  users: number;
  isDropped: boolean;
}

/** Files that stay open as long as they are used again and again: opening one costs more than reading a block of it. */
export class OpenFiles {
  readonly #max: number;
  readonly #files = new Map<string, OpenFile>();

  constructor(max: number) {
    this.#max = max;
  }

  /** Opens the file for reading and writing, and creates it if it is not there. */
  async use<Result>(path: string, work: (file: FileHandle) => Promise<Result>): Promise<Result> {
    const file = this.#take(path);
    file.users += 1;
    try {
      return await work(await file.handle);
    } catch (error) {
      this.drop(path);
      throw error;
    } finally {
      file.users -= 1;
      closeIfUnused(file);
    }
  }

  /** Closed as soon as nobody uses it. */
  drop(path: string): void {
    const file = this.#files.get(path);
    if (file === undefined) return;
    this.#files.delete(path);
    file.isDropped = true;
    closeIfUnused(file);
  }

  closeAll(): void {
    for (const path of [...this.#files.keys()]) this.drop(path);
  }

  #take(path: string): OpenFile {
    const known = this.#files.get(path);
    const file = known ?? { handle: openOrCreate(path), users: 0, isDropped: false };
    this.#files.delete(path);
    this.#files.set(path, file);
    if (this.#files.size > this.#max) this.drop(this.#files.keys().next().value ?? path);
    return file;
  }
}

/** In one step: a first open that fails, and its error, would cost each new object more than the file itself. */
const openOrCreate = (path: string): Promise<FileHandle> =>
  open(path, constants.O_RDWR | constants.O_CREAT, 0o600);

function closeIfUnused({ isDropped, users, handle }: OpenFile): void {
  if (!isDropped || users > 0) return;
  handle.then((file) => file.close()).catch(() => undefined);
}

import { randomUUID } from 'node:crypto';
import { type FileHandle, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { LatchkeyError } from '@latchkey/contract/errors';
import {
  type Allocate,
  checkKey,
  checkRange,
  type Spool,
  SpoolMissingError,
  SpoolRangeError,
} from './spool.js';

const FULL: ReadonlySet<unknown> = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);
/** A disk that has no block left still makes empty files. */
const PROBE = Buffer.alloc(4096, 1);
/** Started while more bytes come, so that the last flush is short. */
const FLUSH_EVERY_BYTES = 64 * 1024 * 1024;

/**
 * A directory of this machine, or one that all nodes share.
 * @throws {LatchkeyError} `spool_full`, `spool_unavailable` if it cannot be made
 */
export async function openDirectorySpool(directory: string): Promise<Spool> {
  await inPlace(() => mkdir(directory, { recursive: true, mode: 0o700 }));
  const pathOf = (key: string): string => {
    checkKey(key);
    return join(directory, key);
  };
  return {
    async write(key, bytes) {
      await writeFile(directory, pathOf(key), bytes);
    },
    async read(key, start, end, allocate = Buffer.allocUnsafe) {
      return readRange(directory, pathOf(key), key, start, end, allocate);
    },
    async remove(key) {
      const path = pathOf(key);
      await inPlace(() => rm(path, { force: true }));
      await inPlace(() => rm(partial(path), { force: true }));
    },
    check: () => inPlace(() => writeProbe(directory)),
  };
}

async function writeFile(directory: string, path: string, bytes: AsyncIterable<Uint8Array>): Promise<void> {
  const file = await inPlace(() => open(partial(path), 'wx', 0o600));
  try {
    await fill(file, bytes);
    await inPlace(() => file.close());
    await inPlace(() => rename(partial(path), path));
  } catch (error) {
    // The first failure is the one to tell; what cannot be removed now, `remove` removes.
    await Promise.allSettled([file.close(), rm(partial(path), { force: true })]);
    throw error;
  }
  await inPlace(() => syncDirectory(directory));
}

async function fill(file: FileHandle, bytes: AsyncIterable<Uint8Array>): Promise<void> {
  let unflushed = 0;
  let flushed: Promise<unknown> = Promise.resolve();
  try {
    for await (const chunk of bytes) {
      await inPlace(() => writeAll(file, chunk));
      unflushed += chunk.length;
      if (unflushed < FLUSH_EVERY_BYTES) continue;
      unflushed = 0;
      await inPlace(() => flushed);
      flushed = file.datasync();
      flushed.catch(() => undefined);
    }
    await inPlace(() => flushed);
    await inPlace(() => file.sync());
  } finally {
    await Promise.allSettled([flushed]);
  }
}

/** The system may take less than it was given, and says what is wrong at the next call. */
async function writeAll(file: FileHandle, chunk: Uint8Array): Promise<void> {
  for (let written = 0; written < chunk.length; ) {
    const { bytesWritten } = await file.write(chunk, written, chunk.length - written);
    written += bytesWritten;
  }
}

async function readRange(
  directory: string,
  path: string,
  key: string,
  start: number,
  end: number,
  allocate: Allocate,
): Promise<Buffer> {
  checkRange(start, end);
  const file = await inPlace(async () => {
    try {
      return await open(path, 'r');
    } catch (error) {
      if (codeOf(error) !== 'ENOENT') throw error;
      // A directory that is gone, as a share that is not mounted, is not a manifest that is gone.
      await stat(directory);
      return null;
    }
  });
  if (file === null) throw new SpoolMissingError(key);
  try {
    const { size } = await inPlace(() => file.stat());
    if (end > size) throw new SpoolRangeError(key, size);
    return await inPlace(() => readAll(file, start, allocate(end - start)));
  } finally {
    await file.close();
  }
}

async function readAll(file: FileHandle, start: number, buffer: Buffer): Promise<Buffer> {
  for (let filled = 0; filled < buffer.length; ) {
    const { bytesRead } = await file.read(buffer, filled, buffer.length - filled, start + filled);
    if (bytesRead === 0) throw new Error('The file became shorter while it was read.');
    filled += bytesRead;
  }
  return buffer;
}

async function writeProbe(directory: string): Promise<void> {
  const path = join(directory, `${randomUUID()}.check`);
  const file = await open(path, 'wx', 0o600);
  try {
    await writeAll(file, PROBE);
    await file.datasync();
  } finally {
    await Promise.allSettled([file.close(), rm(path, { force: true })]);
  }
}

/** A file is safe once its name is, too. */
async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function partial(path: string): string {
  return `${path}.part`;
}

async function inPlace<Result>(action: () => Promise<Result>): Promise<Result> {
  try {
    return await action();
  } catch (cause) {
    throw new LatchkeyError(FULL.has(codeOf(cause)) ? 'spool_full' : 'spool_unavailable', undefined, {
      cause,
    });
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

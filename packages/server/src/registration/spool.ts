import { createWriteStream } from 'node:fs';
import { mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';

/** Where manifests wait for the worker. Keys are ours: no user text becomes part of a path. */
export interface Spool {
  write(key: string, bytes: AsyncIterable<Uint8Array>): Promise<void>;
  /** Bytes from `start` up to, not including, `end`. */
  read(key: string, start: number, end: number): Promise<Buffer>;
  remove(key: string): Promise<void>;
  /** Keys that nothing was written to since `timeMs`. */
  listUntouchedSince(timeMs: number): Promise<string[]>;
}

const keyPattern = /^[0-9a-f-]{36}\.manifest$/;

export async function openDirectorySpool(directory: string): Promise<Spool> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const path = (key: string): string => join(directory, key);
  return {
    write: (key, bytes) =>
      pipeline(bytes, createWriteStream(path(key), { mode: 0o600, flags: 'wx', flush: true })),
    remove: (key) => rm(path(key), { force: true }),
    read: (key, start, end) => readRange(path(key), start, end),
    listUntouchedSince: (timeMs) => listUntouchedSince(directory, timeMs),
  };
}

async function listUntouchedSince(directory: string, timeMs: number): Promise<string[]> {
  const untouched: string[] = [];
  for (const name of await readdir(directory)) {
    if (!keyPattern.test(name)) continue;
    // Another node may have removed it.
    const found = await stat(join(directory, name)).catch(() => null);
    if (found?.isFile() && found.mtimeMs < timeMs) untouched.push(name);
  }
  return untouched;
}

async function readRange(path: string, start: number, end: number): Promise<Buffer> {
  const file = await open(path, 'r');
  try {
    const buffer = Buffer.allocUnsafe(end - start);
    let filled = 0;
    while (filled < buffer.length) {
      const { bytesRead } = await file.read(buffer, filled, buffer.length - filled, start + filled);
      if (bytesRead === 0) throw new Error('The spooled manifest is shorter than its parts say.');
      filled += bytesRead;
    }
    return buffer;
  } finally {
    await file.close();
  }
}

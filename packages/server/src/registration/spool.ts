import { createWriteStream } from 'node:fs';
import { mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';

/** Where manifests wait for the worker. Keys are ours: no user text becomes part of a path. */
export interface Spool {
  write(key: string, bytes: AsyncIterable<Uint8Array>): Promise<void>;
  /** Bytes from `start` up to, not including, `end`. */
  read(key: string, start: number, end: number): Promise<Buffer>;
  remove(key: string): Promise<void>;
}

export async function openDirectorySpool(directory: string): Promise<Spool> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const path = (key: string): string => join(directory, key);
  return {
    write: (key, bytes) =>
      pipeline(bytes, createWriteStream(path(key), { mode: 0o600, flags: 'wx', flush: true })),
    remove: (key) => rm(path(key), { force: true }),
    read: (key, start, end) => readRange(path(key), start, end),
  };
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

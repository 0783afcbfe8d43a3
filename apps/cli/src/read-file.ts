import { accessSync, constants, createReadStream, statSync } from 'node:fs';
import { CommandError } from './command-error.js';

const chunkBytes = 1024 * 1024;

/** @throws CommandError `file_unreadable`. */
export function checkIsReadableManifest(path: string): void {
  try {
    accessSync(path, constants.R_OK);
    if (statSync(path).isFile()) return;
  } catch (cause) {
    throw unreadable(path, (cause as NodeJS.ErrnoException).code ?? 'unknown reason', cause);
  }
  throw unreadable(path, 'not a file');
}

export function openManifest(path: string): AsyncIterable<Uint8Array> {
  checkIsReadableManifest(path);
  return createReadStream(path, { highWaterMark: chunkBytes });
}

const unreadable = (path: string, reason: string, cause?: unknown) =>
  new CommandError(
    'file_unreadable',
    `The manifest ${path} cannot be read (${reason}).`,
    'Give the path of a JSON file.',
    { cause },
  );

import { accessSync, constants, statSync } from 'node:fs';
import { type ManifestFile, readManifestFile } from '@latchkey/measuring/manifest-file';
import { CommandError } from './command-error.js';

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

/** Form and packing follow from the name, as when it is sent. */
export function openManifest(path: string, maxBytes: number): ManifestFile {
  checkIsReadableManifest(path);
  return readManifestFile(path, { maxBytes, unreadable: (reason, cause) => unreadable(path, reason, cause) });
}

const unreadable = (path: string, reason: string, cause?: unknown) =>
  new CommandError(
    'file_unreadable',
    `The manifest ${path} cannot be read (${reason}).`,
    'Give the path of a JSON, NDJSON or CSV file, which may be packed with gzip.',
    { cause },
  );

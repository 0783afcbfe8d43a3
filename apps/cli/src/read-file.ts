import { accessSync, constants, createReadStream, statSync } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { LatchkeyError } from '@latchkey/contract/errors';
import type { ManifestForm } from '@latchkey/manifest/scan/manifest-events';
import { manifestTypeOf } from '@latchkey/sdk/manifest-type';
import { CommandError } from './command-error.js';

const chunkBytes = 1024 * 1024;

const forms = {
  'application/json': 'manifest',
  'application/x-ndjson': 'ndjson',
  'text/csv': 'csv',
} as const;

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

export interface ManifestFile {
  readonly form: ManifestForm | 'csv';
  /** Unpacked. Ends with a LatchkeyError where the server would stop reading. */
  readonly content: AsyncIterable<Uint8Array>;
}

/** Form and packing follow from the name, as when it is sent. */
export function openManifest(path: string, maxBytes: number): ManifestFile {
  checkIsReadableManifest(path);
  const type = manifestTypeOf(path);
  const file = createReadStream(path, { highWaterMark: chunkBytes });
  const plain = type?.contentEncoding === 'gzip' ? gunzipped(file, path) : file;
  const form = type ? forms[type.contentType] : 'manifest';
  return { form, content: bounded(plain, maxBytes) };
}

async function* gunzipped(file: NodeJS.ReadableStream, path: string): AsyncGenerator<Uint8Array> {
  const plain = createGunzip({ chunkSize: chunkBytes });
  file.on('error', (error) => plain.destroy(error));
  try {
    yield* file.pipe(plain);
  } catch (cause) {
    throw unreadable(path, 'not gzip, or cut off', cause);
  }
}

async function* bounded(chunks: AsyncIterable<Uint8Array>, maxBytes: number): AsyncGenerator<Uint8Array> {
  let size = 0;
  for await (const chunk of chunks) {
    size += chunk.length;
    if (size > maxBytes)
      throw new LatchkeyError(
        'body_too_large',
        `The manifest is larger than ${maxBytes} bytes (limit manifestBytes). Split it.`,
      );
    yield chunk;
  }
}

const unreadable = (path: string, reason: string, cause?: unknown) =>
  new CommandError(
    'file_unreadable',
    `The manifest ${path} cannot be read (${reason}).`,
    'Give the path of a JSON, NDJSON or CSV file, which may be packed with gzip.',
    { cause },
  );

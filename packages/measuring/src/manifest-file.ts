import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { LatchkeyError } from '@latchkey/contract/errors';
import type { ManifestForm } from '@latchkey/manifest/scan/manifest-events';
import { manifestTypeOf } from '@latchkey/sdk/manifest-type';

const chunkBytes = 1024 * 1024;

const forms = {
  'application/json': 'manifest',
  'application/x-ndjson': 'ndjson',
  'text/csv': 'csv',
} as const;

export interface ManifestFile {
  readonly form: ManifestForm | 'csv';
  /** Unpacked. Ends with a LatchkeyError where the server would stop reading. */
  readonly content: AsyncIterable<Uint8Array>;
}

interface ReadOptions {
  readonly maxBytes: number;
  /** The error of a file that is not packed as its name says. */
  readonly unreadable?: (reason: string, cause: unknown) => Error;
}

/** Form and packing follow from the name, as when it is sent. */
export function readManifestFile(path: string, options: ReadOptions): ManifestFile {
  const type = manifestTypeOf(path);
  const file = createReadStream(path, { highWaterMark: chunkBytes });
  const plain = type?.contentEncoding === 'gzip' ? gunzipped(file, path, options) : file;
  return { form: type ? forms[type.contentType] : 'manifest', content: bounded(plain, options.maxBytes) };
}

async function* gunzipped(
  file: NodeJS.ReadableStream,
  path: string,
  { unreadable }: ReadOptions,
): AsyncGenerator<Uint8Array> {
  const plain = createGunzip({ chunkSize: chunkBytes });
  file.on('error', (error) => plain.destroy(error));
  try {
    yield* file.pipe(plain);
  } catch (cause) {
    const reason = 'not gzip, or cut off';
    throw unreadable?.(reason, cause) ?? new Error(`${path} cannot be read (${reason}).`, { cause });
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

import type { ReadOptions } from '@latchkey/manifest/measure/read-objects';
import { type ManifestType, manifestTypeOf } from '@latchkey/sdk/manifest-type';

type Form = NonNullable<ReadOptions['form']>;

const forms: Readonly<Record<ManifestType['contentType'], Form>> = {
  'application/json': 'manifest',
  'application/x-ndjson': 'ndjson',
  'text/csv': 'csv',
};

export interface OpenedManifest {
  readonly form: Form;
  readonly stream: AsyncIterable<Uint8Array>;
}

/** The bytes of a picked manifest, unpacked, as they are read from disk. Null for a name that no manifest has. */
export function openManifest(file: File, signal?: AbortSignal): OpenedManifest | null {
  const type = manifestTypeOf(file.name);
  if (!type) return null;
  const bytes: ReadableStream<Uint8Array<ArrayBuffer>> = file.stream();
  const unpacked = type.contentEncoding ? bytes.pipeThrough(new DecompressionStream('gzip')) : bytes;
  return { form: forms[type.contentType], stream: chunksOf(unpacked, signal) };
}

/** Not every browser can iterate a stream. */
async function* chunksOf(
  stream: ReadableStream<Uint8Array>,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  try {
    for (;;) {
      signal?.throwIfAborted();
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel();
  }
}

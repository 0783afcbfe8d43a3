import { fillManifest } from '@latchkey/manifest/measure/fill-manifest';
import { openManifest } from './manifest-stream.js';
import type { MeasurementStore } from './measurement-store.js';

/** Browsers keep a large Blob on disk, but only pieces that are Blobs themselves leave the page's memory. */
const pieceBytes = 4 * 1024 * 1024;

/** The picked manifest with what was measured in its place; of a table the NDJSON that it means. */
export async function filledManifest(
  file: File,
  store: MeasurementStore,
  signal: AbortSignal,
): Promise<File> {
  const manifest = openManifest(file, signal);
  if (!manifest) return file;
  const blobs: Blob[] = [];
  let pieces: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  const close = (): void => {
    blobs.push(new Blob(pieces));
    pieces = [];
    size = 0;
  };
  const { form } = manifest;
  for await (const piece of fillManifest(manifest.stream, (keys) => store.find(keys), { form })) {
    // A copy: pieces may be views of memory that is used again.
    pieces.push(Uint8Array.from(piece));
    size += piece.length;
    if (size >= pieceBytes) close();
  }
  close();
  return new File(blobs, filledName(file.name));
}

/** Without `.gz`, as it is not packed again, and with the ending of what it is. */
export const filledName = (name: string): string =>
  name.replace(/\.gz$/i, '').replace(/\.(csv|tsv)$/i, '.ndjson');

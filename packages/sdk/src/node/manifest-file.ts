import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { Readable } from 'node:stream';
import type { OpenManifestFile } from '../upload-manifest.js';
import { expandHome } from './private-key-file.js';

const chunkBytes = 1024 * 1024;

/** The file is opened when it is hashed and again when it is sent; it is never held whole. */
export const openManifestFile: OpenManifestFile = (path) => {
  const file = expandHome(path);
  const open = () =>
    Readable.toWeb(createReadStream(file, { highWaterMark: chunkBytes })) as ReadableStream<Uint8Array>;
  return { body: { open }, fileName: basename(file) };
};

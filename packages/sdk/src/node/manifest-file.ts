import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { streamOf } from '../request-body.js';
import type { OpenManifestFile } from '../upload-manifest.js';
import { expandHome } from './private-key-file.js';

const chunkBytes = 1024 * 1024;

/** The file is opened when it is hashed and again when it is sent; it is never held whole. */
export const openManifestFile: OpenManifestFile = (path) => {
  const file = expandHome(path);
  // `Readable.toWeb` would copy each chunk.
  const open = () => streamOf(createReadStream(file, { highWaterMark: chunkBytes }));
  return { body: { open }, fileName: basename(file) };
};

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectory } from './temporary-directory.js';

/** A file with the bytes or the text, or the JSON of the value; removed when the test ends. */
export function manifestFile(content: unknown, name = 'manifest.json'): string {
  const path = join(temporaryDirectory(), name);
  const isRaw = typeof content === 'string' || content instanceof Uint8Array;
  writeFileSync(path, isRaw ? content : JSON.stringify(content));
  return path;
}

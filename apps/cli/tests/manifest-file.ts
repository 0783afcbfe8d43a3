import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectory } from './temporary-directory.js';

/** A file `manifest.json` with the text, or the JSON of the value; removed when the test ends. */
export function manifestFile(content: unknown): string {
  const path = join(temporaryDirectory(), 'manifest.json');
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

import { manifestTypeOf } from '@latchkey/sdk/manifest-type';
import { formatBytes } from '../../lib/format.js';

/**
 * Why a picked file cannot be imported, or null. Looks at name and size only: the server reads the content.
 * `maxBytes`: what the server takes at most, of a packed file unpacked.
 */
export function manifestFileProblem(
  file: { readonly name: string; readonly size: number },
  maxBytes: number,
): string | null {
  const type = manifestTypeOf(file.name);
  if (!type)
    return 'This is no manifest by its name. Add a file that ends in .json, .ndjson, .jsonl, .csv or .tsv, or one of them packed as .gz.';
  if (file.size === 0) return 'The file is empty.';
  if (file.size > maxBytes)
    return `The file has ${formatBytes(file.size)}; at most ${formatBytes(maxBytes)} are allowed. Split it.`;
  return null;
}

const keyOf = (file: File) => `${file.name}/${file.size}/${file.lastModified}`;

/** Adds picked files to the ones that are there, each file once. */
export function withAddedFiles(files: readonly File[], added: readonly File[]): File[] {
  return [...new Map([...files, ...added].map((file) => [keyOf(file), file])).values()];
}

import { errorCatalogue } from '@latchkey/contract/errors';
import { limits } from '@latchkey/contract/limits';
import { formatBytes } from '../../lib/format.js';

/** Why a picked file cannot be imported, or null. Looks at name and size only: the server reads the content. */
export function manifestFileProblem(file: { readonly name: string; readonly size: number }): string | null {
  const name = file.name.toLowerCase();
  const { meaning, hint } = errorCatalogue.csv_not_supported;
  if (name.endsWith('.csv')) return `${meaning} ${hint}`;
  if (!name.endsWith('.json')) return 'This is neither a JSON nor a CSV file. Add a file that ends in .json.';
  if (file.size === 0) return 'The file is empty.';
  if (file.size > limits.manifestBytes)
    return `The file has ${formatBytes(file.size)}; at most ${formatBytes(limits.manifestBytes)} are allowed. Split it.`;
  return null;
}

const keyOf = (file: File) => `${file.name}/${file.size}/${file.lastModified}`;

/** Adds picked files to the ones that are there, each file once. */
export function withAddedFiles(files: readonly File[], added: readonly File[]): File[] {
  return [...new Map([...files, ...added].map((file) => [keyOf(file), file])).values()];
}

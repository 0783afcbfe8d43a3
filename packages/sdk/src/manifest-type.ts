export interface ManifestType {
  readonly contentType: 'application/json' | 'application/x-ndjson' | 'text/csv';
  /** The file is packed, and sent as it is. */
  readonly contentEncoding: 'gzip' | undefined;
}

const contentTypes: ReadonlyMap<string, ManifestType['contentType']> = new Map([
  ['json', 'application/json'],
  ['ndjson', 'application/x-ndjson'],
  ['jsonl', 'application/x-ndjson'],
  ['csv', 'text/csv'],
  ['tsv', 'text/csv'],
]);

/** By the ending of the name, whatever its case; null for an ending that no manifest has. */
export function manifestTypeOf(fileName: string): ManifestType | null {
  const name = fileName.toLowerCase();
  const isPacked = name.endsWith('.gz');
  const ending = /\.([a-z]+)$/.exec(isPacked ? name.slice(0, -'.gz'.length) : name)?.[1] ?? '';
  const contentType = contentTypes.get(ending);
  return contentType ? { contentType, contentEncoding: isPacked ? 'gzip' : undefined } : null;
}

import type { CsvConverter } from './csv-converter.js';

/** A CSV manifest as NDJSON, with its lines where they were. */
export async function* convertCsv(
  chunks: AsyncIterable<Uint8Array>,
  converter: CsvConverter,
): AsyncGenerator<Uint8Array, void, undefined> {
  for await (const chunk of chunks) {
    const converted = converter.push(chunk);
    if (converted.length > 0) yield converted;
  }
  yield converter.end();
}

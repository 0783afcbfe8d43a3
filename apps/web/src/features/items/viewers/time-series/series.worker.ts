import { LatchkeyError } from '@latchkey/contract/errors';
import { CsvDecoder } from '@latchkey/manifest/csv/csv-decoder';
import { type Series, SeriesReader, UnreadableSeries } from './read-series.js';

/** Bytes of the file in their order; null ends it. Each is answered: bytes with null once they are read. */
export type SeriesQuestion = Uint8Array | null;
export type SeriesAnswer = null | { readonly series: Series } | { readonly problem: string };

const decoder = new CsvDecoder();
const reader = new SeriesReader();

function answer(bytes: SeriesQuestion): SeriesAnswer {
  try {
    if (bytes !== null) {
      reader.push(decoder.decode(bytes));
      return null;
    }
    reader.push(decoder.end());
    return { series: reader.end() };
  } catch (error) {
    const isKnown = error instanceof UnreadableSeries || error instanceof LatchkeyError;
    return { problem: isKnown ? error.message : `The file cannot be read as CSV: ${String(error)}` };
  }
}

addEventListener('message', ({ data }: MessageEvent<SeriesQuestion>) => {
  const given = answer(data);
  const transfer =
    given && 'series' in given
      ? [given.series.times.buffer, ...given.series.channels.map(({ values }) => values.buffer)]
      : [];
  postMessage(given, { transfer });
});

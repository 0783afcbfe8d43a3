import { type Column, type PointColumns, UnreadableCloud } from './point-columns.js';

const pieceBytes = 1 << 20;

/** Lines of bytes as text, from `start`, without holding the whole file as one string. */
function* linesOf(bytes: Uint8Array, start: number): Generator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for (let at = start; at < bytes.length; at += pieceBytes) {
    const lines = (rest + decoder.decode(bytes.subarray(at, at + pieceBytes), { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  yield rest;
}

export interface TextRecords {
  readonly bytes: Uint8Array;
  /** Where the first record begins. */
  readonly start: number;
  readonly total: number;
  /** Names of the numbers of a line in their order; null for one that is not kept. */
  readonly names: readonly (string | null)[];
  /** Each how many records one is kept. */
  readonly stride: number;
}

/** Records that are lines of numbers. Throws `UnreadableCloud` for a line that is none. */
export function readTextRecords(given: TextRecords): Pick<PointColumns, 'count' | 'total' | 'columns'> {
  const { bytes, start, total, names, stride } = given;
  const kept = Math.ceil(total / stride);
  const arrays = names.map((name) => (name === null ? null : new Float64Array(kept)));
  let record = 0;
  let count = 0;
  for (const line of linesOf(bytes, start)) {
    if (record >= total) break;
    const text = line.trim();
    if (text === '') continue;
    if (record % stride === 0) {
      readLine(text, record, arrays, count);
      count += 1;
    }
    record += 1;
  }
  if (record < total)
    throw new UnreadableCloud(
      `The header promises ${total} points; the file ends after ${record}. It was probably not uploaded whole.`,
    );
  const columns = new Map<string, Column>();
  names.forEach((name, at) => {
    const values = arrays[at];
    if (name !== null && values) columns.set(name, (index) => values[index] ?? Number.NaN);
  });
  return { count, total, columns };
}

function readLine(
  text: string,
  record: number,
  arrays: readonly (Float64Array | null)[],
  index: number,
): void {
  const parts = text.split(/\s+/);
  if (parts.length < arrays.length)
    throw new UnreadableCloud(
      `Point ${record + 1} has ${parts.length} numbers; the header names ${arrays.length}.`,
    );
  arrays.forEach((values, at) => {
    if (!values) return;
    const part = parts[at] ?? '';
    const value = /^[-+]?nan$/i.test(part) ? Number.NaN : Number(part);
    if (Number.isNaN(value) && !/nan/i.test(part))
      throw new UnreadableCloud(`Point ${record + 1} has "${part.slice(0, 40)}" where a number is needed.`);
    values[index] = value;
  });
}

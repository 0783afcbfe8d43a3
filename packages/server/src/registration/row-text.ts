import type { PreparedRows } from './prepared-part.js';

const idLength = 36;
const tab = Buffer.from('\t');

const startOf = (rows: PreparedRows, row: number): number => (row === 0 ? 0 : (rows.ends[row - 1] ?? 0));

/** The lines of the rows that are not known, in their order. */
export function joinRows(rows: PreparedRows, known: ReadonlyMap<number, unknown>): Uint8Array {
  if (known.size === 0) return rows.text;
  const lines: Uint8Array[] = [];
  rows.ends.forEach((end, row) => {
    if (!known.has(row)) lines.push(rows.text.subarray(startOf(rows, row), end));
  });
  return Buffer.concat(lines);
}

/** The line of a row as one of the known item `id`, with the two flags that stand behind the columns of an item. */
export function toKnownRow(
  rows: PreparedRows,
  row: number,
  id: string,
  change: 'renews' | 'upserts',
): Uint8Array {
  // The id is the first column, and the line ends with a newline.
  const rest = rows.text.subarray(startOf(rows, row) + idLength + tab.length, (rows.ends[row] ?? 0) - 1);
  const flags = change === 'renews' ? '\tt\tf\n' : '\tf\tt\n';
  return Buffer.concat([Buffer.from(id), tab, rest, Buffer.from(flags)]);
}

import type { RowText } from './prepared-part.js';

const idLength = 36;
const tab = Buffer.from('\t');

const startOf = ({ ends }: RowText, row: number): number => (row === 0 ? 0 : (ends[row - 1] ?? 0));

/** The lines of the rows that are not known, in their order. */
export function joinRows(rows: RowText, known: ReadonlyMap<number, unknown>): Uint8Array {
  if (known.size === 0) return rows.text;
  const lines: Uint8Array[] = [];
  rows.ends.forEach((end, row) => {
    if (!known.has(row)) lines.push(rows.text.subarray(startOf(rows, row), end));
  });
  return Buffer.concat(lines);
}

/** The line of a row as one of the known item `id`, with the two flags that stand behind the columns of an item. */
export function toKnownRow(rows: RowText, row: number, id: string, change: 'renews' | 'upserts'): Uint8Array {
  // The id is the first column, and the line ends with a newline.
  const rest = rows.text.subarray(startOf(rows, row) + idLength + tab.length, (rows.ends[row] ?? 0) - 1);
  const flags = change === 'renews' ? '\tt\tf\n' : '\tf\tt\n';
  return Buffer.concat([Buffer.from(id), tab, rest, Buffer.from(flags)]);
}

/** The lines of the members of a row, as members of the known item `id`. */
export function toKnownMembers(rows: RowText, row: number, id: string): Uint8Array {
  const lines = Buffer.from(rows.text.subarray(startOf(rows, row), rows.ends[row] ?? 0));
  // The id of the item is the first column of each line, and no value holds a newline.
  for (let at = 0; at < lines.length; at = lines.indexOf(0x0a, at) + 1) lines.write(id, at, 'latin1');
  return lines;
}

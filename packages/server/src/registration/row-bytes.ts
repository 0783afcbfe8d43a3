import { countBytes, lengthBytes, uuidBytes, uuidToBytes } from '@latchkey/db/engine/copy-rows';
import { knownItemFlags, newItemColumns } from '@latchkey/db/upload-jobs/register-items';
import type { RowBytes } from './prepared-part.js';

const startOf = ({ ends }: RowBytes, row: number): number => (row === 0 ? 0 : (ends[row - 1] ?? 0));

/** The rows that are not known, in their order. */
export function joinRows(rows: RowBytes, known: ReadonlyMap<number, unknown>): Uint8Array {
  if (known.size === 0) return rows.bytes;
  const kept: Uint8Array[] = [];
  rows.ends.forEach((end, row) => {
    if (!known.has(row)) kept.push(rows.bytes.subarray(startOf(rows, row), end));
  });
  return Buffer.concat(kept);
}

/** Where the value of a row's first column, an id, begins and ends. */
const idStart = countBytes + lengthBytes;
const idEnd = idStart + uuidBytes;

const knownColumnCount = Buffer.alloc(countBytes);
knownColumnCount.writeInt16BE(Object.keys(newItemColumns).length + knownItemFlags.length);
const flag = (isSet: boolean): number[] => [0, 0, 0, 1, isSet ? 1 : 0];
const flagsOf = {
  renews: Buffer.from([...flag(true), ...flag(false)]),
  upserts: Buffer.from([...flag(false), ...flag(true)]),
};

/** A row as one of the known item `id`, with the two flags that stand behind the columns of an item. */
export function toKnownRow(
  rows: RowBytes,
  row: number,
  id: string,
  change: 'renews' | 'upserts',
): Uint8Array {
  const bytes = rows.bytes.subarray(startOf(rows, row), rows.ends[row] ?? 0);
  const idLength = bytes.subarray(countBytes, idStart);
  return Buffer.concat([knownColumnCount, idLength, uuidToBytes(id), bytes.subarray(idEnd), flagsOf[change]]);
}

/** The rows of the members of a row, as members of the known item `id`. */
export function toKnownMembers(rows: RowBytes, row: number, id: string): Uint8Array {
  const bytes = Buffer.from(rows.bytes.subarray(startOf(rows, row), rows.ends[row] ?? 0));
  const item = uuidToBytes(id);
  // The id of the item is the first column of each row.
  for (let at = 0; at < bytes.length; at = endOfRow(bytes, at)) item.copy(bytes, at + idStart);
  return bytes;
}

function endOfRow(bytes: Buffer, start: number): number {
  let at = start + countBytes;
  for (let columns = bytes.readInt16BE(start); columns > 0; columns--)
    at += lengthBytes + Math.max(0, bytes.readInt32BE(at));
  return at;
}

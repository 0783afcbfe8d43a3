import type { ByteSource } from '../byte-source.js';
import { ProbeError } from '../probe-error.js';
import { readExactly, readName } from '../read-exactly.js';

const maxEntries = 4096;

/**
 * The wanted tags of the first directory of a TIFF file, or of the TIFF structure within EXIF, that begins at `base`.
 * Whole numbers alone; a tag of several has its first.
 */
export async function readTiffDirectory(
  source: ByteSource,
  base: number,
  wanted: readonly number[],
): Promise<Map<number, number>> {
  const header = await readExactly(source, base, 16);
  const order = readName(header, 0).slice(0, 2);
  const little = order === 'II';
  const version = header.getUint16(2, little);
  if ((order !== 'II' && order !== 'MM') || (version !== 42 && version !== 43))
    throw new ProbeError('corrupt', 'The TIFF header is damaged.');
  // BigTIFF: offsets and counts of 64 bits.
  const big = version === 43;
  const start = base + (big ? toNumber(header.getBigUint64(8, little)) : header.getUint32(4, little));
  const counter = await readExactly(source, start, big ? 8 : 2);
  const count = big ? toNumber(counter.getBigUint64(0, little)) : counter.getUint16(0, little);
  const entryBytes = big ? 20 : 12;
  if (count > maxEntries)
    throw new ProbeError('corrupt', `The TIFF directory says that it has ${count} tags.`);
  const entries = await readExactly(source, start + counter.byteLength, count * entryBytes);
  const tags = new Map<number, number>();
  for (let at = 0; at < entries.byteLength; at += entryBytes) {
    const tag = entries.getUint16(at, little);
    const value = wanted.includes(tag) ? readValue(entries, at, little, big) : null;
    if (value !== null) tags.set(tag, value);
  }
  return tags;
}

/** Null: the value is no whole number, or stands elsewhere. */
function readValue(entries: DataView, at: number, little: boolean, big: boolean): number | null {
  const type = entries.getUint16(at + 2, little);
  const value = at + (big ? 12 : 8);
  if (type === 3) return entries.getUint16(value, little);
  if (type === 4) return entries.getUint32(value, little);
  return type === 16 && big ? toNumber(entries.getBigUint64(value, little)) : null;
}

function toNumber(value: bigint): number {
  if (value > BigInt(Number.MAX_SAFE_INTEGER))
    throw new ProbeError('corrupt', 'The TIFF directory is damaged.');
  return Number(value);
}

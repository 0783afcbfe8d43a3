import { type CloudFormat, formatOf } from './file-format.js';
import { type PointColumns, UnreadableCloud } from './point-columns.js';
import { readLas } from './read-las.js';
import { type LazModule, readLaz } from './read-laz.js';
import { readPcd } from './read-pcd.js';
import { readPly } from './read-ply.js';

type StrideFor = (points: number) => number;

/** Reads a point cloud of any known format. Throws `UnreadableCloud`. */
export async function readPoints(
  bytes: Uint8Array,
  strideFor: StrideFor,
  loadLaz: () => Promise<LazModule>,
): Promise<PointColumns> {
  const format = formatOf(bytes);
  if (format === null)
    throw new UnreadableCloud('The file is none of PCD, PLY, LAS and LAZ: it begins like none of them.');
  if (typeof format === 'object')
    throw new UnreadableCloud(`The file is ${format.what}. Shown are PCD, PLY, LAS and LAZ.`);
  const readers: Readonly<Record<CloudFormat, () => PointColumns | Promise<PointColumns>>> = {
    pcd: () => readPcd(bytes, strideFor),
    ply: () => readPly(bytes, strideFor),
    las: () => readLas(bytes),
    laz: async () => readLaz(bytes, strideFor, await loadLaz()),
  };
  return await readers[format]();
}

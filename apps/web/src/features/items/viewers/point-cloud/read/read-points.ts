import { findPointCloudFormat, type PointCloudFormat } from '@latchkey/probe/point-cloud/point-cloud-format';
import { refusalOf } from './other-file.js';
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
  const format = findPointCloudFormat(bytes);
  if (format === null)
    throw new UnreadableCloud(
      refusalOf(bytes) ?? 'The file is none of PCD, PLY, LAS and LAZ: it begins like none of them.',
    );
  const readers: Readonly<Record<PointCloudFormat, () => PointColumns | Promise<PointColumns>>> = {
    pcd: () => readPcd(bytes, strideFor),
    ply: () => readPly(bytes, strideFor),
    las: () => readLas(bytes),
    laz: async () => readLaz(bytes, strideFor, await loadLaz()),
  };
  return await readers[format]();
}

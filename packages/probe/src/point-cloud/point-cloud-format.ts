import { latin1, startsWith } from '../ascii.js';

export type PointCloudFormat = 'pcd' | 'ply' | 'las' | 'laz';

/** How many bytes of the start `findPointCloudFormat` needs. */
export const formatBytes = 4096;

/** By the bytes, never by the name: a signed URL often has none. Null: none of the formats whose headers are read. */
export function findPointCloudFormat(bytes: Uint8Array): PointCloudFormat | null {
  if (startsWith(bytes, 'LASF')) return isLaz(bytes) ? 'laz' : 'las';
  const head = latin1(bytes.subarray(0, formatBytes));
  if (/^ply\s/.test(head)) return 'ply';
  return /^(#.*\bPCD\b|VERSION\s|FIELDS\s|COLUMNS\s)/m.test(head) ? 'pcd' : null;
}

/** LASzip marks compressed points by the highest bit of their format; the one below it was used by early versions. */
export const isLaz = (bytes: Uint8Array): boolean => ((bytes[104] ?? 0) & 0xc0) !== 0;

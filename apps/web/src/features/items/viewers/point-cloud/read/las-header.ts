import { UnreadableCloud } from './point-columns.js';

export interface LasHeader {
  readonly version: string;
  readonly pointFormat: number;
  readonly isCompressed: boolean;
  readonly recordLength: number;
  readonly points: number;
  /** Where the points begin. */
  readonly pointsOffset: number;
  readonly scale: readonly [number, number, number];
  readonly offset: readonly [number, number, number];
}

/** The shortest record of each point format (ASPRS LAS 1.4 R15, tables 7 to 22). */
const recordLengths = [20, 28, 26, 34, 57, 63, 30, 36, 38, 59, 67];

/** Reads the public header block of LAS and LAZ 1.0 to 1.4. */
export function readLasHeader(bytes: Uint8Array): LasHeader {
  if (bytes.length < 227)
    throw new UnreadableCloud(`A LAS header has 227 bytes or more; the file has ${bytes.length}.`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const minor = view.getUint8(25);
  const format = view.getUint8(104);
  // LASzip marks compressed points by the highest bit of the format; the one below it was used by early versions.
  const pointFormat = format & 0x3f;
  const recordLength = view.getUint16(105, true);
  const shortest = recordLengths[pointFormat];
  if (view.getUint8(24) !== 1 || minor > 4 || shortest === undefined)
    throw new UnreadableCloud(
      `The file is LAS ${view.getUint8(24)}.${minor} with point format ${pointFormat}; LAS 1.0 to 1.4 with formats 0 to 10 can be read.`,
    );
  if (recordLength < shortest)
    throw new UnreadableCloud(
      `Records of point format ${pointFormat} have ${shortest} bytes or more; the header says ${recordLength}.`,
    );
  const triple = (at: number) =>
    [view.getFloat64(at, true), view.getFloat64(at + 8, true), view.getFloat64(at + 16, true)] as const;
  return {
    version: `1.${minor}`,
    pointFormat,
    isCompressed: (format & 0xc0) !== 0,
    recordLength,
    points: pointsOf(view, minor),
    pointsOffset: view.getUint32(96, true),
    scale: triple(131),
    offset: triple(155),
  };
}

/** LAS 1.4 counts in 64 bits, and keeps the old counter, which may be 0, for old readers. */
function pointsOf(view: DataView, minor: number): number {
  const legacy = view.getUint32(107, true);
  if (minor < 4 || view.byteLength < 255) return legacy;
  const points = Number(view.getBigUint64(247, true));
  if (!Number.isSafeInteger(points))
    throw new UnreadableCloud('The LAS header has an impossible number of points.');
  return points || legacy;
}

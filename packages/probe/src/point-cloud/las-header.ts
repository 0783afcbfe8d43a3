import { ProbeError } from '../probe-error.js';
import { isLaz } from './point-cloud-format.js';
import { HeaderGoesOn, type PointCloudHeader } from './point-cloud-header.js';

const HEADER_BYTES = 227;
const HEADER_BYTES_1_4 = 375;
/** The shortest record of each point format (ASPRS LAS 1.4 R15, tables 7 to 22). */
const recordLengths = [20, 28, 26, 34, 57, 63, 30, 36, 38, 59, 67];

export interface LasHeader extends PointCloudHeader {
  /** 0 to 10: which fields a record has, and where. */
  readonly pointFormat: number;
  readonly isCompressed: boolean;
  /** Bytes of one point. */
  readonly recordLength: number;
  /** A coordinate is its whole number by `scale`, from `offset`. */
  readonly scale: readonly [number, number, number];
  readonly offset: readonly [number, number, number];
}

/** The public header block of LAS and LAZ 1.0 to 1.4. */
export function parseLasHeader(bytes: Uint8Array): LasHeader {
  if (bytes.length < HEADER_BYTES) throw new HeaderGoesOn(`A LAS header has ${HEADER_BYTES} bytes or more.`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const major = view.getUint8(24);
  const minor = view.getUint8(25);
  if (major !== 1 || minor > 4)
    throw new ProbeError('unsupported', `The file is LAS ${major}.${minor}; known are LAS 1.0 to 1.4.`);
  if (minor === 4 && bytes.length < HEADER_BYTES_1_4)
    throw new HeaderGoesOn(`A header of LAS 1.4 has ${HEADER_BYTES_1_4} bytes or more.`);
  const isCompressed = isLaz(bytes);
  const pointFormat = view.getUint8(104) & 0x3f;
  const recordLength = view.getUint16(105, true);
  checkRecords(pointFormat, recordLength);
  const numPoints = minor === 4 ? readLongCount(view) : view.getUint32(107, true);
  const start = view.getUint32(96, true);
  return {
    mimeType: isCompressed ? 'application/vnd.laszip' : 'application/vnd.las',
    format: `${isCompressed ? 'LAZ' : 'LAS'} 1.${minor}`,
    numPoints,
    start,
    // The size of compressed points is told by the last of them alone.
    minSize: start + (isCompressed ? 0 : numPoints * recordLength),
    pointFormat,
    isCompressed,
    recordLength,
    scale: readTriple(view, 131),
    offset: readTriple(view, 155),
  };
}

const readTriple = (view: DataView, at: number) =>
  [view.getFloat64(at, true), view.getFloat64(at + 8, true), view.getFloat64(at + 16, true)] as const;

function checkRecords(format: number, length: number): void {
  const shortest = recordLengths[format];
  if (shortest === undefined)
    throw new ProbeError('unsupported', `The LAS file has points of format ${format}; known are 0 to 10.`);
  if (length < shortest)
    throw new ProbeError(
      'corrupt',
      `Points of LAS format ${format} have ${shortest} bytes or more; the header says ${length}.`,
    );
}

/** LAS 1.4 counts in 64 bits. The old counter, for old readers, may be 0; some writers fill nothing but that. */
function readLongCount(view: DataView): number {
  const numPoints = Number(view.getBigUint64(247, true)) || view.getUint32(107, true);
  if (!Number.isSafeInteger(numPoints))
    throw new ProbeError('corrupt', 'The LAS header says an impossible number of points.');
  return numPoints;
}

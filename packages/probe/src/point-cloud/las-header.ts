import { ProbeError } from '../probe-error.js';
import { HeaderGoesOn, type PointCloudHeader } from './point-cloud-header.js';

const HEADER_BYTES = 227;
const HEADER_BYTES_1_4 = 375;
/** The shortest record of each point format (ASPRS LAS 1.4 R15, tables 7 to 22). */
const recordLengths = [20, 28, 26, 34, 57, 63, 30, 36, 38, 59, 67];

/** The public header block of LAS and LAZ 1.0 to 1.4. */
export function parseLasHeader(bytes: Uint8Array): PointCloudHeader {
  if (bytes.length < HEADER_BYTES) throw new HeaderGoesOn(`A LAS header has ${HEADER_BYTES} bytes or more.`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const major = view.getUint8(24);
  const minor = view.getUint8(25);
  if (major !== 1 || minor > 4)
    throw new ProbeError('unsupported', `The file is LAS ${major}.${minor}; known are LAS 1.0 to 1.4.`);
  if (minor === 4 && bytes.length < HEADER_BYTES_1_4)
    throw new HeaderGoesOn(`A header of LAS 1.4 has ${HEADER_BYTES_1_4} bytes or more.`);
  const formatByte = view.getUint8(104);
  // LASzip marks compressed points by the highest bit of the format; the one below it was used by early versions.
  const isCompressed = (formatByte & 0xc0) !== 0;
  checkRecords(formatByte & 0x3f, view.getUint16(105, true));
  const numPoints = minor === 4 ? readLongCount(view) : view.getUint32(107, true);
  const start = view.getUint32(96, true);
  return {
    mimeType: isCompressed ? 'application/vnd.laszip' : 'application/vnd.las',
    format: `${isCompressed ? 'LAZ' : 'LAS'} 1.${minor}`,
    numPoints,
    // The size of compressed points is told by the last of them alone.
    minSize: start + (isCompressed ? 0 : numPoints * view.getUint16(105, true)),
  };
}

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

import { latin1 } from '../ascii.js';
import { ProbeError } from '../probe-error.js';
import { HeaderGoesOn, type PointCloudHeader } from './point-cloud-header.js';

type Lines = ReadonlyMap<string, readonly string[]>;

/** PCD 0.5 to 0.7: lines of a keyword and its values, the last of them `DATA`. */
export function parsePcdHeader(bytes: Uint8Array): PointCloudHeader {
  const text = latin1(bytes);
  const data = /^DATA[ \t]+(\S+)[^\n]*\n/m.exec(text);
  if (!data) throw new HeaderGoesOn('The PCD header has no line "DATA".');
  const encoding = (data[1] ?? '').toLowerCase();
  if (encoding !== 'ascii' && encoding !== 'binary' && encoding !== 'binary_compressed')
    throw new ProbeError(
      'unsupported',
      `The PCD header says DATA ${encoding.slice(0, 40)}; known are ascii, binary and binary_compressed.`,
    );
  const lines: Lines = new Map(
    text
      .slice(0, data.index)
      .split('\n')
      .map((line) => line.trim().split(/\s+/))
      .map(([keyword = '', ...values]) => [keyword, values]),
  );
  const numPoints = readPoints(lines);
  const start = data.index + data[0].length;
  return {
    mimeType: 'application/x-pcd',
    format: `PCD (${encoding})`,
    numPoints,
    minSize: start + dataBytes(encoding, { lines, numPoints, rest: bytes.subarray(start) }),
  };
}

function readPoints(lines: Lines): number {
  const names = lines.get('FIELDS') ?? lines.get('COLUMNS') ?? [];
  if (names.length === 0) throw new ProbeError('corrupt', 'The PCD header has no line "FIELDS".');
  const [given] = lines.get('POINTS') ?? [];
  const numPoints = given === undefined ? readSides(lines) : readCount(given);
  if (numPoints === null)
    throw new ProbeError('corrupt', 'The PCD header does not say how many points there are (line "POINTS").');
  return numPoints;
}

function readSides(lines: Lines): number | null {
  const width = readCount(lines.get('WIDTH')?.[0]);
  const height = readCount(lines.get('HEIGHT')?.[0] ?? '1');
  const numPoints = (width ?? Number.NaN) * (height ?? Number.NaN);
  return Number.isSafeInteger(numPoints) ? numPoints : null;
}

function readCount(text: string | undefined): number | null {
  const count = text !== undefined && /^\d+$/.test(text) ? Number(text) : Number.NaN;
  return Number.isSafeInteger(count) ? count : null;
}

interface PcdData {
  readonly lines: Lines;
  readonly numPoints: number;
  readonly rest: Uint8Array;
}

function dataBytes(
  encoding: 'ascii' | 'binary' | 'binary_compressed',
  { lines, numPoints, rest }: PcdData,
): number {
  // A digit and a line break are the shortest point.
  if (encoding === 'ascii') return Math.max(0, 2 * numPoints - 1);
  if (encoding === 'binary') return numPoints * pointBytes(lines);
  if (numPoints === 0) return 0;
  if (rest.length < 8) throw new HeaderGoesOn('The sizes of the compressed points are missing.');
  return 8 + new DataView(rest.buffer, rest.byteOffset).getUint32(0, true);
}

function pointBytes(lines: Lines): number {
  const names = lines.get('FIELDS') ?? lines.get('COLUMNS') ?? [];
  const sizes = names.map((_, index) => {
    const size = readCount(lines.get('SIZE')?.[index] ?? '4');
    const count = readCount(lines.get('COUNT')?.[index] ?? '1');
    if (size === null || count === null || size === 0)
      throw new ProbeError('corrupt', 'The PCD header says an impossible SIZE or COUNT.');
    return size * count;
  });
  return sizes.reduce((sum, size) => sum + size, 0);
}

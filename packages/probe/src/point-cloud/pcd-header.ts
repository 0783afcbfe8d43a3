import { latin1 } from '../ascii.js';
import { ProbeError } from '../probe-error.js';
import { HeaderGoesOn, type PointCloudHeader } from './point-cloud-header.js';

const encodings = ['ascii', 'binary', 'binary_compressed'] as const;
type PcdEncoding = (typeof encodings)[number];

export interface PcdField {
  readonly name: string;
  /** `I`, `U` or `F`, as it is given. */
  readonly type: string;
  /** Bytes of one number. */
  readonly size: number;
  /** How many numbers a point has of it. */
  readonly count: number;
}

export interface PcdHeader extends PointCloudHeader {
  readonly encoding: PcdEncoding;
  readonly fields: readonly PcdField[];
}

type Lines = ReadonlyMap<string, readonly string[]>;

/** PCD 0.5 to 0.7: lines of a keyword and its values, the last of them `DATA`. */
export function parsePcdHeader(bytes: Uint8Array): PcdHeader {
  const text = latin1(bytes);
  const data = /^DATA[ \t]+(\S+)[^\n]*\n/m.exec(text);
  if (!data) throw new HeaderGoesOn('The PCD header has no line "DATA".');
  const encoding = readEncoding(data[1] ?? '');
  const lines: Lines = new Map(
    text
      .slice(0, data.index)
      .split('\n')
      .map((line) => line.trim().split(/\s+/))
      .map(([keyword = '', ...values]) => [keyword, values]),
  );
  const fields = readFields(lines);
  const numPoints = readPoints(lines);
  const start = data.index + data[0].length;
  return {
    mimeType: 'application/x-pcd',
    format: `PCD (${encoding})`,
    numPoints,
    start,
    minSize: start + dataBytes(encoding, { fields, numPoints, rest: bytes.subarray(start) }),
    encoding,
    fields,
  };
}

function readEncoding(given: string): PcdEncoding {
  const encoding = encodings.find((known) => known === given.toLowerCase());
  if (encoding) return encoding;
  throw new ProbeError(
    'unsupported',
    `The PCD header says DATA ${given.slice(0, 40)}; known are ascii, binary and binary_compressed.`,
  );
}

function readFields(lines: Lines): readonly PcdField[] {
  const names = lines.get('FIELDS') ?? lines.get('COLUMNS') ?? [];
  if (names.length === 0) throw new ProbeError('corrupt', 'The PCD header has no line "FIELDS".');
  return names.map((name, index) => {
    const size = readCount(lines.get('SIZE')?.[index] ?? '4');
    const count = readCount(lines.get('COUNT')?.[index] ?? '1');
    if (size === null || count === null || size === 0)
      throw new ProbeError(
        'corrupt',
        `The PCD header says an impossible SIZE or COUNT of "${name.slice(0, 40)}".`,
      );
    return { name, type: lines.get('TYPE')?.[index] ?? 'F', size, count };
  });
}

function readPoints(lines: Lines): number {
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
  readonly fields: readonly PcdField[];
  readonly numPoints: number;
  readonly rest: Uint8Array;
}

function dataBytes(encoding: PcdEncoding, { fields, numPoints, rest }: PcdData): number {
  // A digit and a line break are the shortest point.
  if (encoding === 'ascii') return Math.max(0, 2 * numPoints - 1);
  if (encoding === 'binary')
    return numPoints * fields.reduce((sum, { size, count }) => sum + size * count, 0);
  if (numPoints === 0) return 0;
  if (rest.length < 8) throw new HeaderGoesOn('The sizes of the compressed points are missing.');
  return 8 + new DataView(rest.buffer, rest.byteOffset).getUint32(0, true);
}

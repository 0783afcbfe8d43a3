import { latin1 } from '../ascii.js';
import { ProbeError } from '../probe-error.js';
import { HeaderGoesOn, type PointCloudHeader } from './point-cloud-header.js';

const sizes: Readonly<Record<string, number>> = {
  char: 1,
  int8: 1,
  uchar: 1,
  uint8: 1,
  short: 2,
  int16: 2,
  ushort: 2,
  uint16: 2,
  int: 4,
  int32: 4,
  uint: 4,
  uint32: 4,
  float: 4,
  float32: 4,
  double: 8,
  float64: 8,
};

interface PlyElement {
  readonly name: string;
  readonly count: number;
  /** Of one record at least: a list may be empty, and then only its length is there. */
  minBytes: number;
  properties: number;
}

/** PLY 1.0: its points are the element `vertex`, wherever that stands. */
export function parsePlyHeader(bytes: Uint8Array): PointCloudHeader {
  const text = latin1(bytes);
  const end = /^end_header[ \t]*(\r\n|\r(?!\n)|\n)/m.exec(text);
  if (!end) throw new HeaderGoesOn('The PLY header has no line "end_header".');
  const lines = text
    .slice(0, end.index)
    .split(/\r\n|\r|\n/)
    .map((line) => line.trim().split(/\s+/));
  const encoding = readEncoding(lines);
  const elements = readElements(lines);
  const vertex = elements.find(({ name }) => name === 'vertex');
  if (!vertex) throw new ProbeError('wrong_type', 'The PLY file has no vertices ("element vertex").');
  const isText = encoding === 'ascii';
  // In text a digit and what parts it from the next are the shortest value; behind the last nothing need stand.
  const dataBytes = elements.reduce(
    (sum, { count, minBytes, properties }) => sum + count * (isText ? 2 * properties : minBytes),
    0,
  );
  return {
    mimeType: 'application/x-ply',
    format: `PLY (${encoding.replaceAll('_', ' ')})`,
    numPoints: vertex.count,
    minSize: end.index + end[0].length + (isText ? Math.max(0, dataBytes - 1) : dataBytes),
  };
}

function readEncoding(lines: readonly string[][]): string {
  const [, encoding = '', version = ''] = lines.find(([word]) => word === 'format') ?? [];
  if (!['ascii', 'binary_little_endian', 'binary_big_endian'].includes(encoding))
    throw new ProbeError(
      'corrupt',
      'The PLY header names no known format (ascii, binary_little_endian or binary_big_endian).',
    );
  if (version !== '1.0')
    throw new ProbeError('unsupported', `The PLY file is of version ${version.slice(0, 20)}; known is 1.0.`);
  return encoding;
}

function readElements(lines: readonly string[][]): readonly PlyElement[] {
  const elements: PlyElement[] = [];
  for (const [word, ...values] of lines) {
    if (word === 'element') elements.push(readElement(values));
    if (word === 'property') addProperty(elements.at(-1), values);
  }
  return elements;
}

function readElement([name = '', given = '']: readonly string[]): PlyElement {
  const count = /^\d+$/.test(given) ? Number(given) : Number.NaN;
  if (!Number.isSafeInteger(count))
    throw new ProbeError('corrupt', `The PLY header says no number of "${name.slice(0, 40)}".`);
  return { name, count, minBytes: 0, properties: 0 };
}

function addProperty(element: PlyElement | undefined, [type = '', listLength = '']: readonly string[]): void {
  const size = sizes[type === 'list' ? listLength : type];
  if (!element || size === undefined)
    throw new ProbeError(
      'corrupt',
      'The PLY header has a property of no known type, or one outside an element.',
    );
  element.minBytes += size;
  element.properties += 1;
}

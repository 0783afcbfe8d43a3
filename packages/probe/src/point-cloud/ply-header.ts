import { latin1 } from '../ascii.js';
import { ProbeError } from '../probe-error.js';
import { HeaderGoesOn, type PointCloudHeader } from './point-cloud-header.js';
import { type ScalarType, scalarBytes } from './scalar-type.js';

const encodings = ['ascii', 'binary_little_endian', 'binary_big_endian'] as const;
type PlyEncoding = (typeof encodings)[number];

/** The names of the first PLY files; the others are those of `ScalarType`. */
const oldNames: Readonly<Record<string, ScalarType>> = {
  char: 'int8',
  uchar: 'uint8',
  short: 'int16',
  ushort: 'uint16',
  int: 'int32',
  uint: 'uint32',
  float: 'float32',
  double: 'float64',
};

export interface PlyProperty {
  readonly name: string;
  readonly type: ScalarType;
  /** The type of the number of values of a list; null where a record has one value. */
  readonly lengthType: ScalarType | null;
}

export interface PlyElement {
  readonly name: string;
  readonly count: number;
  readonly properties: readonly PlyProperty[];
}

export interface PlyHeader extends PointCloudHeader {
  readonly encoding: PlyEncoding;
  /** In the order of their records. */
  readonly elements: readonly PlyElement[];
}

/** PLY 1.0: its points are the element `vertex`, wherever that stands. */
export function parsePlyHeader(bytes: Uint8Array): PlyHeader {
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
  const start = end.index + end[0].length;
  return {
    mimeType: 'application/x-ply',
    format: `PLY (${encoding.replaceAll('_', ' ')})`,
    numPoints: vertex.count,
    start,
    minSize: start + leastBytes(elements, encoding === 'ascii'),
    encoding,
    elements,
  };
}

function leastBytes(elements: readonly PlyElement[], isText: boolean): number {
  // In text a digit and what parts it from the next are the shortest value; behind the last nothing need stand.
  const ofValue = ({ type, lengthType }: PlyProperty) => (isText ? 2 : scalarBytes[lengthType ?? type]);
  const ofRecord = ({ properties }: PlyElement) =>
    properties.reduce((sum, property) => sum + ofValue(property), 0);
  const sum = elements.reduce((all, element) => all + element.count * ofRecord(element), 0);
  return isText ? Math.max(0, sum - 1) : sum;
}

function readEncoding(lines: readonly string[][]): PlyEncoding {
  const [, given, version = ''] = lines.find(([word]) => word === 'format') ?? [];
  const encoding = encodings.find((known) => known === given);
  if (!encoding)
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
    if (word !== 'property') continue;
    const element = elements.pop();
    if (!element) throw new ProbeError('corrupt', 'The PLY header has a property outside an element.');
    elements.push({ ...element, properties: [...element.properties, readProperty(values)] });
  }
  return elements;
}

function readElement([name = '', given = '']: readonly string[]): PlyElement {
  const count = /^\d+$/.test(given) ? Number(given) : Number.NaN;
  if (!Number.isSafeInteger(count))
    throw new ProbeError('corrupt', `The PLY header says no number of "${name.slice(0, 40)}".`);
  return { name, count, properties: [] };
}

function readProperty([first = '', ...rest]: readonly string[]): PlyProperty {
  if (first !== 'list') return { name: rest[0] ?? '', type: readType(first), lengthType: null };
  const [lengthType = '', type = '', name = ''] = rest;
  return { name, type: readType(type), lengthType: readType(lengthType) };
}

function readType(given: string): ScalarType {
  const type = Object.hasOwn(oldNames, given) ? oldNames[given] : given;
  if (type !== undefined && isScalarType(type)) return type;
  throw new ProbeError(
    'corrupt',
    `The PLY header has a property of the type "${given.slice(0, 40)}", which is none.`,
  );
}

const isScalarType = (name: string): name is ScalarType => Object.hasOwn(scalarBytes, name);

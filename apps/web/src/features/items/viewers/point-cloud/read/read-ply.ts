import { type Column, type PointColumns, UnreadableCloud } from './point-columns.js';
import { binaryColumn, mustHold, type ScalarType, sizeOf } from './scalar-types.js';
import { readTextRecords } from './text-records.js';

const types: Readonly<Record<string, ScalarType>> = {
  char: 'int8',
  uchar: 'uint8',
  short: 'int16',
  ushort: 'uint16',
  int: 'int32',
  uint: 'uint32',
  float: 'float32',
  double: 'float64',
};
const isScalarType = (name: string): name is ScalarType => Object.hasOwn(sizeOf, name);
const maxHeaderBytes = 256 * 1024;

interface PlyProperty {
  readonly name: string;
  readonly type: ScalarType;
}
interface PlyHeader {
  readonly encoding: 'ascii' | 'binary_little_endian' | 'binary_big_endian';
  readonly points: number;
  readonly properties: readonly PlyProperty[];
  readonly end: number;
}

/** Reads the vertices of a PLY file; faces and other elements behind them are left alone. */
export function readPly(bytes: Uint8Array, strideFor: (points: number) => number): PointColumns {
  const header = readPlyHeader(bytes);
  const { encoding, points, properties } = header;
  const records =
    encoding === 'ascii'
      ? readTextRecords({
          bytes,
          start: header.end,
          total: points,
          names: properties.map(({ name }) => name),
          stride: strideFor(points),
        })
      : readBinary(bytes, header);
  const red = properties.find(({ name }) => name === 'red')?.type;
  const colourMax = red === 'uint8' ? 255 : red === 'uint16' ? 65_535 : undefined;
  return {
    ...records,
    format: `PLY (${encoding.replaceAll('_', ' ')})`,
    ...(colourMax !== undefined && { colourMax }),
  };
}

function readBinary(bytes: Uint8Array, header: PlyHeader): Pick<PointColumns, 'count' | 'total' | 'columns'> {
  const { properties, points, end } = header;
  const step = properties.reduce((sum, { type }) => sum + sizeOf[type], 0);
  mustHold(bytes, end + step * points, points);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isLittleEndian = header.encoding === 'binary_little_endian';
  const columns = new Map<string, Column>();
  let offset = end;
  for (const { name, type } of properties) {
    columns.set(name, binaryColumn(view, type, { offset, step, isLittleEndian }));
    offset += sizeOf[type];
  }
  return { count: points, total: points, columns };
}

function readPlyHeader(bytes: Uint8Array): PlyHeader {
  const text = new TextDecoder('latin1').decode(bytes.subarray(0, maxHeaderBytes));
  const stop = /^end_header[ \t]*\r?\n/m.exec(text);
  if (!stop) throw new UnreadableCloud('The PLY header has no line "end_header".');
  const lines = text
    .slice(0, stop.index)
    .split('\n')
    .map((line) => line.trim().split(/\s+/));
  const encoding = lines.find(([word]) => word === 'format')?.[1];
  if (encoding !== 'ascii' && encoding !== 'binary_little_endian' && encoding !== 'binary_big_endian')
    throw new UnreadableCloud(
      'The PLY header names no known format (ascii, binary_little_endian, binary_big_endian).',
    );
  const first = lines.findIndex(([word]) => word === 'element');
  const [, name, count] = lines[first] ?? [];
  const points = Number(count);
  if (name !== 'vertex' || !Number.isSafeInteger(points) || points < 0)
    throw new UnreadableCloud('The PLY file does not begin with its vertices ("element vertex").');
  const next = lines.findIndex(([word], at) => at > first && word === 'element');
  const properties = lines
    .slice(first + 1, next < 0 ? undefined : next)
    .filter(([word]) => word === 'property')
    .map(propertyOf);
  return { encoding, points, properties, end: stop.index + stop[0].length };
}

const names: Readonly<Record<string, string>> = {
  r: 'red',
  g: 'green',
  b: 'blue',
  diffuse_red: 'red',
  diffuse_green: 'green',
  diffuse_blue: 'blue',
  scalar_intensity: 'intensity',
  scalar_classification: 'classification',
};

function propertyOf([, given = '', name = '']: readonly string[]): PlyProperty {
  const type = types[given] ?? given;
  if (!isScalarType(type))
    throw new UnreadableCloud(
      `A vertex of the PLY file has a property of type "${given.slice(0, 40)}", which cannot be read.`,
    );
  const lower = name.toLowerCase();
  return { name: names[lower] ?? lower, type };
}

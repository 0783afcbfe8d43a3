import { type PlyHeader, parsePlyHeader } from '@latchkey/probe/point-cloud/ply-header';
import { type ScalarType, scalarBytes } from '@latchkey/probe/point-cloud/scalar-type';
import { binaryColumn, mustHold } from './binary-column.js';
import { headerOf } from './header-of.js';
import { type Column, type PointColumns, UnreadableCloud } from './point-columns.js';
import { readTextRecords } from './text-records.js';

interface NamedColumn {
  readonly name: string;
  readonly type: ScalarType;
}

/** Reads the vertices of a PLY file; faces and other elements behind them are left alone. */
export function readPly(bytes: Uint8Array, strideFor: (points: number) => number): PointColumns {
  const header = headerOf(bytes, parsePlyHeader);
  const properties = vertexOf(header);
  const { numPoints } = header;
  const records =
    header.encoding === 'ascii'
      ? readTextRecords({
          bytes,
          start: header.start,
          total: numPoints,
          names: properties.map(({ name }) => name),
          stride: strideFor(numPoints),
        })
      : readBinary(bytes, header, properties);
  const red = properties.find(({ name }) => name === 'red')?.type;
  const colourMax = red === 'uint8' ? 255 : red === 'uint16' ? 65_535 : undefined;
  return {
    ...records,
    format: header.format,
    ...(colourMax !== undefined && { colourMax }),
  };
}

function readBinary(
  bytes: Uint8Array,
  header: PlyHeader,
  properties: readonly NamedColumn[],
): Pick<PointColumns, 'count' | 'total' | 'columns'> {
  const { numPoints: points, start } = header;
  const step = properties.reduce((sum, { type }) => sum + scalarBytes[type], 0);
  mustHold(bytes, start + step * points, points);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isLittleEndian = header.encoding === 'binary_little_endian';
  const columns = new Map<string, Column>();
  let offset = start;
  for (const { name, type } of properties) {
    columns.set(name, binaryColumn(view, type, { offset, step, isLittleEndian }));
    offset += scalarBytes[type];
  }
  return { count: points, total: points, columns };
}

function vertexOf({ elements }: PlyHeader): readonly NamedColumn[] {
  const [first] = elements;
  if (first?.name !== 'vertex')
    throw new UnreadableCloud('The PLY file does not begin with its vertices ("element vertex").');
  return first.properties.map(({ name, type, lengthType }) => {
    const lower = name.toLowerCase();
    if (lengthType === null) return { name: names[lower] ?? lower, type };
    throw new UnreadableCloud(
      `A vertex of the PLY file has the list "${name.slice(0, 40)}", which cannot be read.`,
    );
  });
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

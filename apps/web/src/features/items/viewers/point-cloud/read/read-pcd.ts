import { type PcdField, type PcdHeader, parsePcdHeader } from '@latchkey/probe/point-cloud/pcd-header';
import type { ScalarType } from '@latchkey/probe/point-cloud/scalar-type';
import { binaryColumn, bitsOfFloat, mustHold } from './binary-column.js';
import { headerOf } from './header-of.js';
import { unpackLzf } from './lzf.js';
import { type Column, type PointColumns, UnreadableCloud } from './point-columns.js';
import { readTextRecords } from './text-records.js';

/** Reads a PCD file of version 0.5 to 0.7; `strideFor` tells each how many points one is kept. */
export function readPcd(bytes: Uint8Array, strideFor: (points: number) => number): PointColumns {
  const header = headerOf(bytes, parsePcdHeader);
  const records =
    header.encoding === 'ascii' ? readAscii(bytes, header, strideFor) : readBinary(bytes, header);
  return { ...records, columns: withColour(records.columns, header), format: header.format };
}

const types: Readonly<Record<string, ScalarType>> = {
  I1: 'int8',
  U1: 'uint8',
  I2: 'int16',
  U2: 'uint16',
  I4: 'int32',
  U4: 'uint32',
  F4: 'float32',
  F8: 'float64',
};

function typeOf({ name, type, size }: PcdField): ScalarType {
  const found = types[`${type.toUpperCase()}${size}`];
  if (found) return found;
  throw new UnreadableCloud(
    `The PCD field "${name.slice(0, 40)}" has the type ${type.slice(0, 4)} of ${size} bytes, which cannot be read.`,
  );
}

type Records = Pick<PointColumns, 'count' | 'total' | 'columns'>;

function readAscii(bytes: Uint8Array, header: PcdHeader, strideFor: (points: number) => number): Records {
  const names = header.fields.flatMap(({ name, count }) => [
    ...(count > 0 ? [name === '_' ? null : name.toLowerCase()] : []),
    ...new Array<null>(Math.max(0, count - 1)).fill(null),
  ]);
  const { numPoints: total, start } = header;
  return readTextRecords({ bytes, start, total, names, stride: strideFor(total) });
}

function readBinary(bytes: Uint8Array, header: PcdHeader): Records {
  const { fields, numPoints: points, start } = header;
  const lengthOf = ({ size, count }: PcdField) => size * count;
  const record = fields.reduce((sum, field) => sum + lengthOf(field), 0);
  const isPacked = header.encoding === 'binary_compressed';
  const body = isPacked ? unpacked(bytes, start, record * points) : bytes.subarray(start);
  mustHold(body, record * points, points);
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  const columns = new Map<string, Column>();
  let offset = 0;
  for (const field of fields) {
    // Compressed points lie field by field, the others point by point.
    const place = isPacked ? { offset: offset * points, step: lengthOf(field) } : { offset, step: record };
    const name = field.name.toLowerCase();
    const isColour = (name === 'rgb' || name === 'rgba') && field.size === 4;
    const type = isColour ? 'uint32' : typeOf(field);
    if (name !== '_' && field.count > 0)
      columns.set(name, binaryColumn(view, type, { ...place, isLittleEndian: true }));
    offset += lengthOf(field);
  }
  return { count: points, total: points, columns };
}

function unpacked(bytes: Uint8Array, start: number, expected: number): Uint8Array {
  if (bytes.length < start + 8) throw new UnreadableCloud('The PCD file ends before its points.');
  const view = new DataView(bytes.buffer, bytes.byteOffset + start);
  const packedLength = view.getUint32(0, true);
  const length = view.getUint32(4, true);
  if (length !== expected)
    throw new UnreadableCloud(
      `The PCD header needs ${expected} bytes of points; the compressed part holds ${length}.`,
    );
  if (bytes.length < start + 8 + packedLength)
    throw new UnreadableCloud(
      'The PCD file ends inside its compressed points. It was probably not uploaded whole.',
    );
  return unpackLzf(bytes.subarray(start + 8, start + 8 + packedLength), length);
}

/** Splits the one number of a colour into its three. */
function withColour(columns: ReadonlyMap<string, Column>, header: PcdHeader): ReadonlyMap<string, Column> {
  const name = columns.has('rgb') ? 'rgb' : 'rgba';
  const packed = columns.get(name);
  if (!packed) return columns;
  const isTextFloat =
    header.encoding === 'ascii' &&
    header.fields.find((field) => field.name.toLowerCase() === name)?.type.toUpperCase() === 'F';
  const bits: Column = isTextFloat ? (index) => bitsOfFloat(packed(index)) : packed;
  const split = new Map(columns);
  split.delete(name);
  return split
    .set('red', (index) => (bits(index) >> 16) & 255)
    .set('green', (index) => (bits(index) >> 8) & 255)
    .set('blue', (index) => bits(index) & 255);
}

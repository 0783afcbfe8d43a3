import { unpackLzf } from './lzf.js';
import { type PcdField, type PcdHeader, readPcdHeader } from './pcd-header.js';
import { type Column, type PointColumns, UnreadableCloud } from './point-columns.js';
import { binaryColumn, bitsOfFloat, mustHold, type ScalarType, sizeOf } from './scalar-types.js';
import { readTextRecords } from './text-records.js';

/** Reads a PCD file of version 0.5 to 0.7; `strideFor` tells each how many points one is kept. */
export function readPcd(bytes: Uint8Array, strideFor: (points: number) => number): PointColumns {
  const header = readPcdHeader(bytes);
  const records = header.data === 'ascii' ? readAscii(bytes, header, strideFor) : readBinary(bytes, header);
  return { ...records, columns: withColour(records.columns, header), format: `PCD (${header.data})` };
}

type Records = Pick<PointColumns, 'count' | 'total' | 'columns'>;

function readAscii(bytes: Uint8Array, header: PcdHeader, strideFor: (points: number) => number): Records {
  const names = header.fields.flatMap(({ name, count }) => [
    name === '_' ? null : name,
    ...new Array<null>(count - 1).fill(null),
  ]);
  const { points: total, end: start } = header;
  return readTextRecords({ bytes, start, total, names, stride: strideFor(total) });
}

function readBinary(bytes: Uint8Array, header: PcdHeader): Records {
  const { fields, points } = header;
  const lengthOf = ({ type, count }: PcdField) => sizeOf[type] * count;
  const record = fields.reduce((sum, field) => sum + lengthOf(field), 0);
  const isPacked = header.data === 'binary_compressed';
  const body = isPacked ? unpacked(bytes, header.end, record * points) : bytes.subarray(header.end);
  mustHold(body, record * points, points);
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  const columns = new Map<string, Column>();
  let offset = 0;
  for (const field of fields) {
    // Compressed points lie field by field, the others point by point.
    const place = isPacked ? { offset: offset * points, step: lengthOf(field) } : { offset, step: record };
    const isColour = field.name === 'rgb' || field.name === 'rgba';
    const type: ScalarType = isColour && sizeOf[field.type] === 4 ? 'uint32' : field.type;
    if (field.name !== '_')
      columns.set(field.name, binaryColumn(view, type, { ...place, isLittleEndian: true }));
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
    header.data === 'ascii' && header.fields.find((field) => field.name === name)?.type.startsWith('float');
  const bits: Column = isTextFloat ? (index) => bitsOfFloat(packed(index)) : packed;
  const split = new Map(columns);
  split.delete(name);
  return split
    .set('red', (index) => (bits(index) >> 16) & 255)
    .set('green', (index) => (bits(index) >> 8) & 255)
    .set('blue', (index) => bits(index) & 255);
}

import { type LasHeader, parseLasHeader } from '@latchkey/probe/point-cloud/las-header';
import type { ScalarType } from '@latchkey/probe/point-cloud/scalar-type';
import { binaryColumn, mustHold } from './binary-column.js';
import { headerOf } from './header-of.js';
import type { Column, PointColumns } from './point-columns.js';

/** Where the colour of a record lies, by point format. */
const colourOffsets: Readonly<Record<number, number>> = { 2: 20, 3: 28, 5: 28, 7: 30, 8: 30, 10: 30 };

/** Reads LAS 1.0 to 1.4, point formats 0 to 10. */
export function readLas(bytes: Uint8Array): PointColumns {
  const header = headerOf(bytes, parseLasHeader);
  const { numPoints, recordLength, start } = header;
  mustHold(bytes, start + numPoints * recordLength, numPoints);
  return { ...recordsOf(header, bytes.subarray(start), numPoints), total: numPoints };
}

/** Columns over uncompressed records of the header's point format. */
export function recordsOf(header: LasHeader, records: Uint8Array, count: number): PointColumns {
  const { pointFormat, recordLength: step, scale, offset: origin } = header;
  const view = new DataView(records.buffer, records.byteOffset, records.byteLength);
  const at = (offset: number, type: ScalarType): Column =>
    binaryColumn(view, type, { offset, step, isLittleEndian: true });
  const axis = (which: 0 | 1 | 2): Column => {
    const raw = at(which * 4, 'int32');
    return (index) => raw(index) * scale[which] + origin[which];
  };
  const isNew = pointFormat >= 6;
  const returns = at(14, 'uint8');
  const classes = at(isNew ? 16 : 15, 'uint8');
  const columns = new Map<string, Column>([
    ['x', axis(0)],
    ['y', axis(1)],
    ['z', axis(2)],
    ['intensity', at(12, 'uint16')],
    // Old formats keep three flags beside the class.
    ['classification', isNew ? classes : (index) => classes(index) & 31],
    ['return number', (index) => returns(index) & (isNew ? 15 : 7)],
  ]);
  const colour = colourOffsets[pointFormat];
  if (colour !== undefined)
    for (const [which, name] of ['red', 'green', 'blue'].entries())
      columns.set(name, at(colour + which * 2, 'uint16'));
  return {
    format: `${header.format}, point format ${pointFormat}`,
    count,
    total: header.numPoints,
    columns,
  };
}

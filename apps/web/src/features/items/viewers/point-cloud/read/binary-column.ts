import type { ScalarType } from '@latchkey/probe/point-cloud/scalar-type';
import { type Column, UnreadableCloud } from './point-columns.js';

interface Place {
  /** Where the field of the first record lies. */
  readonly offset: number;
  /** From one record to the next. */
  readonly step: number;
  readonly isLittleEndian: boolean;
}

/** A column over binary records. */
export function binaryColumn(view: DataView, type: ScalarType, place: Place): Column {
  const { offset, step, isLittleEndian: little } = place;
  const readers: Readonly<Record<ScalarType, Column>> = {
    int8: (index) => view.getInt8(offset + index * step),
    uint8: (index) => view.getUint8(offset + index * step),
    int16: (index) => view.getInt16(offset + index * step, little),
    uint16: (index) => view.getUint16(offset + index * step, little),
    int32: (index) => view.getInt32(offset + index * step, little),
    uint32: (index) => view.getUint32(offset + index * step, little),
    float32: (index) => view.getFloat32(offset + index * step, little),
    float64: (index) => view.getFloat64(offset + index * step, little),
  };
  return readers[type];
}

/** Throws where the file ends before its records do. */
export function mustHold(bytes: Uint8Array, needed: number, points: number): void {
  if (bytes.length >= needed) return;
  throw new UnreadableCloud(
    `The header promises ${points} points, which end at byte ${needed}; the file ends at byte ${bytes.length}. It was probably not uploaded whole.`,
  );
}

const float = new DataView(new ArrayBuffer(4));

/** The bits of a 32-bit float as a whole number: the way in which PCD files keep a colour. */
export function bitsOfFloat(value: number): number {
  float.setFloat32(0, value);
  return float.getUint32(0);
}

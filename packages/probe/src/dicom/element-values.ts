import { latin1 } from '../ascii.js';
import type { DecodeText } from './character-sets.js';
import type { Element } from './elements.js';
import { mustReach } from './encoded-bytes.js';

type ReadNumber = (view: DataView, at: number, isLittleEndian: boolean) => number | string;

const numbers: Readonly<Record<string, { size: number; read: ReadNumber }>> = {
  US: { size: 2, read: (view, at, little) => view.getUint16(at, little) },
  SS: { size: 2, read: (view, at, little) => view.getInt16(at, little) },
  UL: { size: 4, read: (view, at, little) => view.getUint32(at, little) },
  SL: { size: 4, read: (view, at, little) => view.getInt32(at, little) },
  UV: { size: 8, read: (view, at, little) => longNumber(view.getBigUint64(at, little)) },
  SV: { size: 8, read: (view, at, little) => longNumber(view.getBigInt64(at, little)) },
  FL: { size: 4, read: (view, at, little) => finite(view.getFloat32(at, little)) },
  FD: { size: 8, read: (view, at, little) => finite(view.getFloat64(at, little)) },
  AT: { size: 4, read: readAttributeTag },
};
const codeTexts = new Set(['AE', 'AS', 'CS', 'DA', 'DT', 'TM', 'UI']);
const binaries = new Set(['OB', 'OD', 'OF', 'OL', 'OV', 'OW', 'UN']);

/** JSON has no integers of 64 bits: those that it would round are strings (PS3.18 F.2.3.1). */
function longNumber(value: bigint): number | string {
  return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
}

/** JSON has no other numbers; the others are strings (PS3.18 F.2.3.1). */
function finite(value: number): number | string {
  if (Number.isFinite(value)) return value;
  if (Number.isNaN(value)) return 'NaN';
  return value > 0 ? 'inf' : '-inf';
}

function readAttributeTag(view: DataView, at: number, isLittleEndian: boolean): string {
  const number = view.getUint16(at, isLittleEndian) * 0x10000 + view.getUint16(at + 2, isLittleEndian);
  return number.toString(16).padStart(8, '0').toUpperCase();
}

/** The values as in DICOM JSON (PS3.18 F.2); null for binary data, which is left out. Not for sequences. */
export function readValues(element: Element, vr: string, decode: DecodeText): unknown[] | null {
  if (binaries.has(vr)) return null;
  mustReach(element.inside, element.at + element.length);
  const number = numbers[vr];
  if (number) return readNumbers(element, number);
  const bytes = element.inside.bytes.subarray(element.at, element.at + element.length);
  if (vr === 'DS' || vr === 'IS') return splitValues(latin1(bytes)).map(toNumber);
  if (codeTexts.has(vr)) return splitValues(latin1(bytes)).map(orNull);
  const text = decode(bytes);
  if (vr === 'PN') return splitValues(text).map(toPersonName);
  if (vr === 'LT' || vr === 'ST' || vr === 'UT' || vr === 'UR')
    return trimEnd(text) === '' ? [] : [trimEnd(text)];
  return splitValues(text).map(orNull);
}

function readNumbers(element: Element, { size, read }: { size: number; read: ReadNumber }): unknown[] {
  const { view, isLittleEndian } = element.inside;
  const count = Math.floor(element.length / size);
  return Array.from({ length: count }, (_, index) => read(view, element.at + index * size, isLittleEndian));
}

/** Values are padded to an even length, with a space or a zero byte. */
function trimEnd(text: string): string {
  return text.replace(/[\0 ]+$/, '');
}

function splitValues(text: string): string[] {
  const trimmed = trimEnd(text);
  return trimmed === '' ? [] : trimmed.split('\\').map((value) => trimEnd(value).trimStart());
}

function orNull(value: string): string | null {
  return value === '' ? null : value;
}

/** A decimal or integer string that is no number stays what it is. */
function toNumber(value: string): number | string | null {
  if (value === '') return null;
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(value) ? Number(value) : value;
}

function toPersonName(value: string): Record<string, string> | null {
  const [alphabetic, ideographic, phonetic] = value.split('=');
  const name = {
    ...(alphabetic && { Alphabetic: alphabetic }),
    ...(ideographic && { Ideographic: ideographic }),
    ...(phonetic && { Phonetic: phonetic }),
  };
  return Object.keys(name).length > 0 ? name : null;
}

import { CLOSE_ARRAY, CLOSE_OBJECT, COMMA, QUOTE } from './scan-state.js';

const MINUS = 0x2d;
const POINT = 0x2e;
const ZERO = 0x30;
const HIGH_BITS = 0x80808080 | 0;
/** As four bytes read at once. */
const [TRUE, NULL, FALS] = [0x65757274, 0x6c6c756e, 0x736c6166];
const E = 0x65;

/**
 * The index behind the closing quote of a string, of which `start` is the first byte inside; -1 unless all of it is
 * printable ASCII without escapes, and in the chunk.
 */
export function endOfPlainString(chunk: Uint8Array, bytes: DataView, start: number): number {
  const last = chunk.length - 4;
  for (let index = start; index <= last; index += 4) {
    const marks = specialBytes(bytes.getInt32(index, true));
    if (marks === 0) continue;
    const at = index + ((31 - Math.clz32(marks & -marks)) >> 3);
    return chunk[at] === QUOTE ? at + 1 : -1;
  }
  return -1;
}

/**
 * Marks each of four bytes that is a quote, a backslash, a control character or not ASCII by its highest bit. Those
 * above the lowest mark may be wrong: subtraction carries.
 */
function specialBytes(four: number): number {
  const quotes = (four ^ 0x22222222) - 0x01010101;
  const backslashes = (four ^ 0x5c5c5c5c) - 0x01010101;
  return (four | (four - 0x20202020) | quotes | backslashes) & HIGH_BITS;
}

/** The index behind a number or literal; -1: it is none, has an exponent, or what follows it is not in the chunk. */
export function endOfPlainScalar(chunk: Uint8Array, bytes: DataView, start: number): number {
  const byte = chunk[start] as number;
  const end = byte === MINUS || isDigit(byte) ? endOfNumber(chunk, start) : endOfLiteral(chunk, bytes, start);
  return end > 0 && end < chunk.length && endsValue(chunk[end] as number) ? end : -1;
}

function endOfNumber(chunk: Uint8Array, start: number): number {
  const whole = chunk[start] === MINUS ? start + 1 : start;
  const end = endOfDigits(chunk, whole);
  if (end === whole || end === chunk.length) return -1;
  if (end > whole + 1 && chunk[whole] === ZERO) return -1;
  if (chunk[end] !== POINT) return end;
  const fractionEnd = endOfDigits(chunk, end + 1);
  return fractionEnd > end + 1 ? fractionEnd : -1;
}

function endOfDigits(chunk: Uint8Array, start: number): number {
  let index = start;
  while (index < chunk.length && isDigit(chunk[index] as number)) index++;
  return index;
}

function endOfLiteral(chunk: Uint8Array, bytes: DataView, start: number): number {
  if (start + 5 > chunk.length) return -1;
  const four = bytes.getInt32(start, true);
  if (four === TRUE || four === NULL) return start + 4;
  return four === FALS && chunk[start + 4] === E ? start + 5 : -1;
}

const isDigit = (byte: number): boolean => byte >= 0x30 && byte <= 0x39;

const endsValue = (byte: number): boolean =>
  byte === COMMA ||
  byte === CLOSE_OBJECT ||
  byte === CLOSE_ARRAY ||
  byte === 0x20 ||
  byte === 0x0a ||
  byte === 0x0d;

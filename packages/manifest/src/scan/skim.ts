import { endOfPlainScalar, endOfPlainString } from './plain-tokens.js';
import {
  CLOSE_ARRAY,
  CLOSE_OBJECT,
  COLON,
  COLON_SIGN,
  COMMA,
  COMMA_OR_END,
  ELEMENT_OR_END,
  KEY_OR_END,
  MAX_DEPTH,
  OPEN_ARRAY,
  OPEN_OBJECT,
  QUOTE,
  type ScanState,
  VALUE,
} from './scan-state.js';

const LEFT = -1;

/**
 * Reads on fast where nothing is reported, which is deeper than `silentDepth`. Answers the index of what it leaves to
 * the exact reader: a token that is unusual, wrong or cut by the end of the chunk, or a bracket back to what is
 * reported. `bytes` views the chunk.
 */
export function skim(
  at: ScanState,
  chunk: Uint8Array,
  bytes: DataView,
  start: number,
  silentDepth: number,
): number {
  let index = start;
  while (index < chunk.length) {
    const byte = chunk[index] as number;
    let end: number;
    if (byte === QUOTE) end = skimText(at, chunk, bytes, index);
    else if (byte === COMMA) end = skimComma(at, index);
    else if (byte === COLON_SIGN) end = skimColon(at, index);
    else if (byte <= 0x20) end = skimBlank(at, byte, index);
    else if (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) end = skimEnd(at, byte, index, silentDepth);
    else end = skimValue(at, chunk, bytes, index);
    if (end === LEFT) break;
    index = end;
  }
  return index;
}

function skimText(at: ScanState, chunk: Uint8Array, bytes: DataView, index: number): number {
  if (at.expects === COLON || at.expects === COMMA_OR_END) return LEFT;
  const end = endOfPlainString(chunk, bytes, index + 1);
  if (end < 0) return LEFT;
  at.afterComma = false;
  at.expects = at.expects === KEY_OR_END ? COLON : COMMA_OR_END;
  return end;
}

function skimComma(at: ScanState, index: number): number {
  if (at.expects !== COMMA_OR_END) return LEFT;
  at.comma(index);
  return index + 1;
}

function skimColon(at: ScanState, index: number): number {
  if (at.expects !== COLON) return LEFT;
  at.expects = VALUE;
  return index + 1;
}

function skimBlank(at: ScanState, byte: number, index: number): number {
  if (byte === 0x0a) at.newLine(index);
  else if (byte !== 0x20 && byte !== 0x09 && byte !== 0x0d) return LEFT;
  return index + 1;
}

function skimEnd(at: ScanState, byte: number, index: number, silentDepth: number): number {
  if (at.expects === VALUE || at.expects === COLON || at.afterComma) return LEFT;
  if (byte !== (at.inObject() ? CLOSE_OBJECT : CLOSE_ARRAY) || at.depth - 1 <= silentDepth) return LEFT;
  at.depth--;
  at.expects = COMMA_OR_END;
  return index + 1;
}

function skimValue(at: ScanState, chunk: Uint8Array, bytes: DataView, index: number): number {
  const byte = chunk[index] as number;
  if (at.expects !== VALUE && at.expects !== ELEMENT_OR_END) return LEFT;
  if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) {
    if (at.depth === MAX_DEPTH) return LEFT;
    at.open(byte, index);
    return index + 1;
  }
  const end = endOfPlainScalar(chunk, bytes, index);
  if (end < 0) return LEFT;
  at.afterComma = false;
  at.expects = COMMA_OR_END;
  return end;
}

import type { Place } from './place.js';

export const VALUE = 0;
export const ELEMENT_OR_END = 1;
export const KEY_OR_END = 2;
export const COLON = 3;
export const COMMA_OR_END = 4;
export const FINISHED = 5;
export const STRING = 6;
export const NUMBER = 7;
export const WORD = 8;

/** Brackets inside one another. */
export const MAX_DEPTH = 200;
export const OPEN_OBJECT = 0x7b;
export const CLOSE_OBJECT = 0x7d;
export const OPEN_ARRAY = 0x5b;
export const CLOSE_ARRAY = 0x5d;
export const QUOTE = 0x22;
export const COMMA = 0x2c;
export const COLON_SIGN = 0x3a;

/** How far a document was read: what may come next, the place, the open brackets. An `index` counts within the chunk. */
export class ScanState {
  /** What may come next, or the token that is being read. */
  expects = VALUE;
  /** Offset of the chunk. */
  base = 0;
  line: number;
  /** Offset; the first line may start before the document. */
  lineStart: number;
  /** UTF-8 continuation bytes of this line so far. */
  lineContinuations = 0;
  depth = 0;
  afterComma = false;
  commaOffset = 0;
  commaLine = 0;
  commaColumn = 0;
  private readonly brackets = new Uint8Array(MAX_DEPTH);
  private readonly openedLines = new Float64Array(MAX_DEPTH);
  private readonly openedColumns = new Float64Array(MAX_DEPTH);

  /** `start` is the place of the first byte. */
  constructor(start: Place) {
    this.line = start.line;
    this.lineStart = 1 - start.column;
  }

  column(index: number): number {
    return this.base + index - this.lineStart - this.lineContinuations + 1;
  }

  place(index: number): Place {
    return { line: this.line, column: this.column(index) };
  }

  newLine(index: number): void {
    this.line++;
    this.lineStart = this.base + index + 1;
    this.lineContinuations = 0;
  }

  inObject(): boolean {
    return this.depth > 0 && this.brackets[this.depth - 1] === OPEN_OBJECT;
  }

  /** Where the innermost open bracket is. */
  opened(): Place {
    const top = this.depth - 1;
    return { line: this.openedLines[top] as number, column: this.openedColumns[top] as number };
  }

  /** Takes an opening bracket; there must be less than `MAX_DEPTH`. */
  open(bracket: number, index: number): void {
    this.brackets[this.depth] = bracket;
    this.openedLines[this.depth] = this.line;
    this.openedColumns[this.depth] = this.column(index);
    this.depth++;
    this.afterComma = false;
    this.expects = bracket === OPEN_OBJECT ? KEY_OR_END : ELEMENT_OR_END;
  }

  /** Takes a comma. */
  comma(index: number): void {
    this.afterComma = true;
    this.commaOffset = this.base + index;
    this.commaLine = this.line;
    this.commaColumn = this.column(index);
    this.expects = this.inObject() ? KEY_OR_END : ELEMENT_OR_END;
  }
}

const AFTER_MINUS = 0;
const ZERO = 1;
const INTEGER = 2;
const AFTER_POINT = 3;
const FRACTION = 4;
const AFTER_E = 5;
const AFTER_E_SIGN = 6;
const EXPONENT = 7;

/** Where a digit leads from each state; -1 where there may be none. */
const AFTER_DIGIT = [INTEGER, -1, INTEGER, FRACTION, FRACTION, EXPONENT, EXPONENT, EXPONENT] as const;
/** What must follow before a number may end; null where it may end. */
const EXPECTED = [
  "a digit after '-'",
  null,
  null,
  'a digit after the decimal point',
  null,
  'the digits of the exponent',
  'the digits of the exponent',
  null,
] as const;

const isDigit = (byte: number): boolean => byte >= 0x30 && byte <= 0x39;

/** Checks a JSON number byte by byte. */
export class NumberToken {
  private state = AFTER_MINUS;

  /** `byte` is "-" or a digit. */
  start(byte: number): void {
    this.state = byte === 0x2d ? AFTER_MINUS : byte === 0x30 ? ZERO : INTEGER;
  }

  /** False: the byte does not belong to the number any more. */
  accepts(byte: number): boolean {
    const isFirstZero = byte === 0x30 && this.state === AFTER_MINUS;
    const next = isDigit(byte) ? (AFTER_DIGIT[this.state] ?? -1) : this.afterMark(byte);
    if (next < 0) return false;
    this.state = isFirstZero ? ZERO : next;
    return true;
  }

  /** What must come before the number may end; null if it may end here. */
  get expected(): string | null {
    return EXPECTED[this.state] ?? null;
  }

  get isZero(): boolean {
    return this.state === ZERO;
  }

  private afterMark(byte: number): number {
    const isWhole = this.state === ZERO || this.state === INTEGER;
    if (byte === 0x2e) return isWhole ? AFTER_POINT : -1;
    if ((byte | 0x20) === 0x65) return isWhole || this.state === FRACTION ? AFTER_E : -1;
    if (byte === 0x2b || byte === 0x2d) return this.state === AFTER_E ? AFTER_E_SIGN : -1;
    return -1;
  }
}

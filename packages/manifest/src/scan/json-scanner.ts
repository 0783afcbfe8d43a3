import { Capture } from './capture.js';
import { byteHint, malformed, showByte, wordHint } from './malformed.js';
import { NumberToken } from './number-token.js';
import { type Place, showPlace } from './place.js';
import { StringToken } from './string-token.js';
import { isWordByte, WordToken } from './word-token.js';

export type JsonType = 'object' | 'array' | 'string' | 'number' | 'boolean' | 'null';
/** The value of a short string, a boolean or null; undefined for everything else. */
export type Scalar = string | boolean | null | undefined;

/** Depth 0 is the root. Values are reported down to `watchedDepth`, keys and scalars of `readDepth` with their text. */
export interface JsonEvents {
  readonly watchedDepth: number;
  readonly readDepth: number;
  /** `key` is null if it is too long to be kept. */
  onKey(depth: number, key: string | null, place: Place): void;
  onStart(depth: number, type: JsonType, offset: number, place: Place): void;
  onEnd(depth: number, value: Scalar, endOffset: number): void;
  /** A comma before a closing bracket, at any depth. */
  onTrailingComma(offset: number, place: Place): void;
}

const VALUE = 0;
const ELEMENT_OR_END = 1;
const KEY_OR_END = 2;
const COLON = 3;
const COMMA_OR_END = 4;
const FINISHED = 5;
const STRING = 6;
const NUMBER = 7;
const WORD = 8;

/** Brackets inside one another. */
export const MAX_DEPTH = 200;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;
const QUOTE = 0x22;
const COMMA = 0x2c;

/** Validating JSON scanner over chunks of any size. Holds a stack and the current token, never the document. */
export class JsonScanner {
  /** UTF-8 continuation bytes in strings so far: none means that offsets count characters too. */
  continuationsSeen = 0;
  private state = VALUE;
  private base = 0;
  private line: number;
  private lineStart: number;
  private lineContinuations = 0;
  private depth = 0;
  private readonly brackets = new Uint8Array(MAX_DEPTH);
  private readonly openedLines = new Float64Array(MAX_DEPTH);
  private readonly openedColumns = new Float64Array(MAX_DEPTH);
  private tokenOffset = 0;
  private tokenContinuations = 0;
  private stringIsKey = false;
  private wordState = VALUE;
  private afterComma = false;
  private commaOffset = 0;
  private commaLine = 0;
  private commaColumn = 0;
  private capturing = false;
  private captureFrom = 0;
  private readonly capture = new Capture();
  private readonly string = new StringToken();
  private readonly number = new NumberToken();
  private readonly word = new WordToken();

  private readonly events: JsonEvents;

  /** `start` is the place of the first byte. */
  constructor(events: JsonEvents, start: Place = { line: 1, column: 1 }) {
    this.events = events;
    this.line = start.line;
    this.lineStart = 1 - start.column;
  }

  /** Bytes read so far. */
  get offset(): number {
    return this.base;
  }

  /** All that starts before this offset has been reported: a bare word is only when it has ended. */
  get reportedTo(): number {
    return this.state === WORD ? this.tokenOffset : this.base;
  }

  /** Throws `malformed_json`. */
  push(chunk: Uint8Array): void {
    const end = chunk.length;
    let index = 0;
    this.captureFrom = 0;
    while (index < end) {
      if (this.state === STRING) index = this.readString(chunk, index);
      else if (this.state === NUMBER) index = this.readNumber(chunk, index);
      else if (this.state === WORD) index = this.readWord(chunk, index);
      else index = this.readStructure(chunk, index);
    }
    if (this.capturing) this.capture.add(chunk.subarray(this.captureFrom));
    this.base += end;
  }

  /** Throws `malformed_json` if the input ends too early. */
  end(): void {
    if (this.state === NUMBER) this.endNumber(0);
    if (this.state === WORD) this.endWord(0);
    if (this.state === FINISHED) return;
    if (this.state === STRING) {
      throw this.malformed(
        0,
        `the input ends inside the text that starts at ${showPlace(this.tokenPlace())}`,
        'Its closing quote is missing, or the file was cut off.',
      );
    }
    if (this.depth === 0) throw this.malformed(0, 'the input is empty', 'A JSON document is expected.');
    throw this.malformed(
      0,
      `the input ends inside ${this.showOpen()}; expected ${this.expected()}`,
      'The file was cut off, or a closing bracket is missing.',
    );
  }

  private readStructure(chunk: Uint8Array, start: number): number {
    const end = chunk.length;
    let index = start;
    let byte = 0;
    for (; index < end; index++) {
      byte = chunk[index] as number;
      if (byte > 0x20) break;
      if (byte === 0x0a) this.newLine(index);
      else if (byte !== 0x20 && byte !== 0x09 && byte !== 0x0d) throw this.unexpected(index, byte);
    }
    if (index === end) return end;
    switch (this.state) {
      case COMMA_OR_END:
        return this.readCommaOrEnd(byte, index);
      case COLON:
        if (byte !== 0x3a) return this.stray(byte, index);
        this.state = VALUE;
        return index + 1;
      case KEY_OR_END:
        if (byte === QUOTE) return this.openString(index, true);
        if (byte === CLOSE_OBJECT) return this.close(byte, index);
        return this.stray(byte, index);
      case ELEMENT_OR_END:
        return byte === CLOSE_ARRAY ? this.close(byte, index) : this.readValue(byte, index);
      case VALUE:
        return this.readValue(byte, index);
      default:
        return this.stray(byte, index);
    }
  }

  private readValue(byte: number, index: number): number {
    if (byte === QUOTE) return this.openString(index, false);
    if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) return this.openBracket(byte, index);
    if (byte === 0x2d || (byte >= 0x30 && byte <= 0x39)) {
      this.startValue('number', index);
      this.number.start(byte);
      this.state = NUMBER;
      return index + 1;
    }
    return this.stray(byte, index);
  }

  private readCommaOrEnd(byte: number, index: number): number {
    if (byte !== COMMA) {
      if (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) return this.close(byte, index);
      return this.stray(byte, index);
    }
    this.afterComma = true;
    this.commaOffset = this.base + index;
    this.commaLine = this.line;
    this.commaColumn = this.column(index);
    this.state = this.inObject() ? KEY_OR_END : ELEMENT_OR_END;
    return index + 1;
  }

  private startValue(type: JsonType, index: number): void {
    this.afterComma = false;
    if (this.depth <= this.events.watchedDepth)
      this.events.onStart(this.depth, type, this.base + index, this.place(index));
  }

  private endValue(value: Scalar, index: number): void {
    this.state = this.depth === 0 ? FINISHED : COMMA_OR_END;
    if (this.depth <= this.events.watchedDepth) this.events.onEnd(this.depth, value, this.base + index);
  }

  private openBracket(byte: number, index: number): number {
    const isObject = byte === OPEN_OBJECT;
    this.startValue(isObject ? 'object' : 'array', index);
    if (this.depth === MAX_DEPTH)
      throw this.malformed(index, `brackets are nested deeper than ${MAX_DEPTH} levels`);
    this.brackets[this.depth] = byte;
    this.openedLines[this.depth] = this.line;
    this.openedColumns[this.depth] = this.column(index);
    this.depth++;
    this.state = isObject ? KEY_OR_END : ELEMENT_OR_END;
    return index + 1;
  }

  private close(byte: number, index: number): number {
    if (byte !== (this.inObject() ? CLOSE_OBJECT : CLOSE_ARRAY)) throw this.unexpected(index, byte);
    if (this.afterComma) {
      this.events.onTrailingComma(this.commaOffset, { line: this.commaLine, column: this.commaColumn });
      this.afterComma = false;
    }
    this.depth--;
    this.endValue(undefined, index + 1);
    return index + 1;
  }

  private openString(index: number, isKey: boolean): number {
    if (!isKey) this.startValue('string', index);
    this.afterComma = false;
    this.stringIsKey = isKey;
    this.tokenOffset = this.base + index;
    this.tokenContinuations = this.lineContinuations;
    this.string.open();
    this.state = STRING;
    if (this.depth <= this.events.readDepth) {
      this.capturing = true;
      this.captureFrom = index + 1;
      this.capture.start();
    }
    return index + 1;
  }

  private readString(chunk: Uint8Array, start: number): number {
    const index = this.string.scan(chunk, start);
    const continuations = this.string.takeContinuations();
    this.lineContinuations += continuations;
    this.continuationsSeen += continuations;
    if (this.string.problem !== null) {
      const inside = `${this.string.problem} (it starts at ${showPlace(this.tokenPlace())})`;
      throw this.malformed(index, inside, this.string.hint);
    }
    if (this.string.closed) this.endString(chunk, index);
    return index;
  }

  private endString(chunk: Uint8Array, index: number): void {
    let text: string | null = null;
    if (this.capturing) {
      this.capture.add(chunk.subarray(this.captureFrom, index - 1));
      this.capturing = false;
      text = this.capture.text();
    }
    if (!this.stringIsKey) {
      this.endValue(text ?? undefined, index);
      return;
    }
    this.state = COLON;
    if (this.depth <= this.events.readDepth) this.events.onKey(this.depth, text, this.tokenPlace());
  }

  private readNumber(chunk: Uint8Array, start: number): number {
    let index = start;
    while (index < chunk.length && this.number.accepts(chunk[index] as number)) index++;
    if (index < chunk.length) {
      const byte = chunk[index] as number;
      if (this.number.isZero && byte >= 0x30 && byte <= 0x39)
        throw this.malformed(index, 'a number may not start with 0', 'Leave the leading zeros out.');
      this.endNumber(index, byte);
    }
    return index;
  }

  private endNumber(index: number, byte?: number): void {
    const expected = this.number.expected;
    if (expected !== null) {
      const found =
        byte === undefined ? 'the end of the input' : byte < 0x80 ? showByte(byte) : 'another character';
      throw this.malformed(index, `a number is not complete: found ${found}, expected ${expected}`);
    }
    this.endValue(undefined, index);
  }

  /** Whatever is no token here: a literal where a value may be, and otherwise an error, named once it is read. */
  private stray(byte: number, index: number): number {
    if (!isWordByte(byte)) throw this.unexpected(index, byte);
    this.tokenOffset = this.base + index;
    this.tokenContinuations = this.lineContinuations;
    this.word.start();
    this.wordState = this.state;
    this.state = WORD;
    return index;
  }

  private readWord(chunk: Uint8Array, start: number): number {
    let index = start;
    while (index < chunk.length && this.word.accepts(chunk[index] as number)) index++;
    if (index < chunk.length) this.endWord(index);
    return index;
  }

  private endWord(index: number): void {
    this.state = this.wordState;
    const isValueHere = this.state === VALUE || this.state === ELEMENT_OR_END;
    if (!isValueHere || !this.word.isLiteral) {
      const hint = wordHint(this.word.text);
      const problem = `found ${this.word.shown}, expected ${this.expected()}`;
      throw malformed(this.tokenPlace(), problem, hint);
    }
    const text = this.word.text;
    this.startValue(text === 'null' ? 'null' : 'boolean', this.tokenOffset - this.base);
    this.endValue(text === 'null' ? null : text === 'true', index);
  }

  private newLine(index: number): void {
    this.line++;
    this.lineStart = this.base + index + 1;
    this.lineContinuations = 0;
  }

  private place(index: number): Place {
    return { line: this.line, column: this.column(index) };
  }

  private column(index: number): number {
    return this.base + index - this.lineStart - this.lineContinuations + 1;
  }

  /** Tokens cannot span lines. */
  private tokenPlace(): Place {
    return { line: this.line, column: this.tokenOffset - this.lineStart - this.tokenContinuations + 1 };
  }

  private inObject(): boolean {
    return this.depth > 0 && this.brackets[this.depth - 1] === OPEN_OBJECT;
  }

  private showOpen(): string {
    const top = this.depth - 1;
    const opened = { line: this.openedLines[top] as number, column: this.openedColumns[top] as number };
    return `the ${this.inObject() ? 'object' : 'array'} that opens at ${showPlace(opened)}`;
  }

  private expected(): string {
    switch (this.state) {
      case VALUE:
        return 'a value';
      case ELEMENT_OR_END:
        return "a value or ']'";
      case KEY_OR_END:
        return "a key in double quotes or '}'";
      case COLON:
        return "':'";
      case COMMA_OR_END:
        return this.inObject() ? "',' or '}'" : "',' or ']'";
      default:
        return 'nothing more: the document has ended';
    }
  }

  private unexpected(index: number, byte: number): Error {
    const isBracket = byte === CLOSE_OBJECT || byte === CLOSE_ARRAY;
    const where = isBracket && this.depth > 0 ? ` of ${this.showOpen()}` : '';
    return this.malformed(
      index,
      `found ${showByte(byte)}, expected ${this.expected()}${where}`,
      this.state === FINISHED && byte === OPEN_OBJECT
        ? 'Several objects go into one array, or one a line into an NDJSON file (application/x-ndjson).'
        : byteHint(byte),
    );
  }

  private malformed(index: number, problem: string, hint?: string): Error {
    return malformed(this.place(index), problem, hint);
  }
}

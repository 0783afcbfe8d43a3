import { Capture } from './capture.js';
import { byteHint, malformed, showByte, wordHint } from './malformed.js';
import { NumberToken } from './number-token.js';
import { type Place, showPlace } from './place.js';
import {
  CLOSE_ARRAY,
  CLOSE_OBJECT,
  COLON,
  COLON_SIGN,
  COMMA,
  COMMA_OR_END,
  ELEMENT_OR_END,
  FINISHED,
  KEY_OR_END,
  MAX_DEPTH,
  NUMBER,
  OPEN_ARRAY,
  OPEN_OBJECT,
  QUOTE,
  ScanState,
  STRING,
  VALUE,
  WORD,
} from './scan-state.js';
import { skim } from './skim.js';
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

/** Validating JSON scanner over chunks of any size. Holds a stack and the current token, never the document. */
export class JsonScanner {
  /** UTF-8 continuation bytes in strings so far: none means that offsets count characters too. */
  continuationsSeen = 0;
  private readonly at: ScanState;
  /** Deeper inside nothing is reported but trailing commas. */
  private readonly silentDepth: number;
  private tokenOffset = 0;
  private tokenContinuations = 0;
  private stringIsKey = false;
  private wordState = VALUE;
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
    this.at = new ScanState(start);
    this.silentDepth = Math.max(events.watchedDepth, events.readDepth, 0);
  }

  /** Bytes read so far. */
  get offset(): number {
    return this.at.base;
  }

  /** All that starts before this offset has been reported: a bare word is only when it has ended. */
  get reportedTo(): number {
    return this.at.expects === WORD ? this.tokenOffset : this.at.base;
  }

  /** Throws `malformed_json`. */
  push(chunk: Uint8Array): void {
    const end = chunk.length;
    let index = 0;
    this.captureFrom = 0;
    const bytes = new DataView(chunk.buffer, chunk.byteOffset, end);
    while (index < end) {
      if (this.at.depth > this.silentDepth && this.at.expects < FINISHED) {
        index = skim(this.at, chunk, bytes, index, this.silentDepth);
        if (index === end) break;
      }
      if (this.at.expects === STRING) index = this.readString(chunk, index);
      else if (this.at.expects === NUMBER) index = this.readNumber(chunk, index);
      else if (this.at.expects === WORD) index = this.readWord(chunk, index);
      else index = this.readStructure(chunk, index);
    }
    if (this.capturing) this.capture.add(chunk.subarray(this.captureFrom));
    this.at.base += end;
  }

  /** Throws `malformed_json` if the input ends too early. */
  end(): void {
    if (this.at.expects === NUMBER) this.endNumber(0);
    if (this.at.expects === WORD) this.endWord(0);
    if (this.at.expects === FINISHED) return;
    if (this.at.expects === STRING) {
      throw this.malformed(
        0,
        `the input ends inside the text that starts at ${showPlace(this.tokenPlace())}`,
        'Its closing quote is missing, or the file was cut off.',
      );
    }
    if (this.at.depth === 0) throw this.malformed(0, 'the input is empty', 'A JSON document is expected.');
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
      if (byte === 0x0a) this.at.newLine(index);
      else if (byte !== 0x20 && byte !== 0x09 && byte !== 0x0d) throw this.unexpected(index, byte);
    }
    if (index === end) return end;
    switch (this.at.expects) {
      case COMMA_OR_END:
        return this.readCommaOrEnd(byte, index);
      case COLON:
        if (byte !== COLON_SIGN) return this.stray(byte, index);
        this.at.expects = VALUE;
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
      this.at.expects = NUMBER;
      return index + 1;
    }
    return this.stray(byte, index);
  }

  private readCommaOrEnd(byte: number, index: number): number {
    if (byte !== COMMA) {
      if (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) return this.close(byte, index);
      return this.stray(byte, index);
    }
    this.at.comma(index);
    return index + 1;
  }

  private startValue(type: JsonType, index: number): void {
    this.at.afterComma = false;
    if (this.at.depth <= this.events.watchedDepth)
      this.events.onStart(this.at.depth, type, this.at.base + index, this.at.place(index));
  }

  private endValue(value: Scalar, index: number): void {
    this.at.expects = this.at.depth === 0 ? FINISHED : COMMA_OR_END;
    if (this.at.depth <= this.events.watchedDepth)
      this.events.onEnd(this.at.depth, value, this.at.base + index);
  }

  private openBracket(byte: number, index: number): number {
    this.startValue(byte === OPEN_OBJECT ? 'object' : 'array', index);
    if (this.at.depth === MAX_DEPTH)
      throw this.malformed(index, `brackets are nested deeper than ${MAX_DEPTH} levels`);
    this.at.open(byte, index);
    return index + 1;
  }

  private close(byte: number, index: number): number {
    if (byte !== (this.at.inObject() ? CLOSE_OBJECT : CLOSE_ARRAY)) throw this.unexpected(index, byte);
    if (this.at.afterComma) {
      this.events.onTrailingComma(this.at.commaOffset, {
        line: this.at.commaLine,
        column: this.at.commaColumn,
      });
      this.at.afterComma = false;
    }
    this.at.depth--;
    this.endValue(undefined, index + 1);
    return index + 1;
  }

  private openString(index: number, isKey: boolean): number {
    if (!isKey) this.startValue('string', index);
    this.at.afterComma = false;
    this.stringIsKey = isKey;
    this.tokenOffset = this.at.base + index;
    this.tokenContinuations = this.at.lineContinuations;
    this.string.open();
    this.at.expects = STRING;
    if (this.at.depth <= this.events.readDepth) {
      this.capturing = true;
      this.captureFrom = index + 1;
      this.capture.start();
    }
    return index + 1;
  }

  private readString(chunk: Uint8Array, start: number): number {
    const index = this.string.scan(chunk, start);
    const continuations = this.string.takeContinuations();
    this.at.lineContinuations += continuations;
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
    this.at.expects = COLON;
    if (this.at.depth <= this.events.readDepth) this.events.onKey(this.at.depth, text, this.tokenPlace());
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
    this.tokenOffset = this.at.base + index;
    this.tokenContinuations = this.at.lineContinuations;
    this.word.start();
    this.wordState = this.at.expects;
    this.at.expects = WORD;
    return index;
  }

  private readWord(chunk: Uint8Array, start: number): number {
    let index = start;
    while (index < chunk.length && this.word.accepts(chunk[index] as number)) index++;
    if (index < chunk.length) this.endWord(index);
    return index;
  }

  private endWord(index: number): void {
    this.at.expects = this.wordState;
    const isValueHere = this.at.expects === VALUE || this.at.expects === ELEMENT_OR_END;
    if (!isValueHere || !this.word.isLiteral) {
      const hint = wordHint(this.word.text);
      const problem = `found ${this.word.shown}, expected ${this.expected()}`;
      throw malformed(this.tokenPlace(), problem, hint);
    }
    const text = this.word.text;
    this.startValue(text === 'null' ? 'null' : 'boolean', this.tokenOffset - this.at.base);
    this.endValue(text === 'null' ? null : text === 'true', index);
  }

  /** Tokens cannot span lines. */
  private tokenPlace(): Place {
    return { line: this.at.line, column: this.tokenOffset - this.at.lineStart - this.tokenContinuations + 1 };
  }

  private showOpen(): string {
    return `the ${this.at.inObject() ? 'object' : 'array'} that opens at ${showPlace(this.at.opened())}`;
  }

  private expected(): string {
    switch (this.at.expects) {
      case VALUE:
        return 'a value';
      case ELEMENT_OR_END:
        return "a value or ']'";
      case KEY_OR_END:
        return "a key in double quotes or '}'";
      case COLON:
        return "':'";
      case COMMA_OR_END:
        return this.at.inObject() ? "',' or '}'" : "',' or ']'";
      default:
        return 'nothing more: the document has ended';
    }
  }

  private unexpected(index: number, byte: number): Error {
    const isBracket = byte === CLOSE_OBJECT || byte === CLOSE_ARRAY;
    const where = isBracket && this.at.depth > 0 ? ` of ${this.showOpen()}` : '';
    return this.malformed(
      index,
      `found ${showByte(byte)}, expected ${this.expected()}${where}`,
      this.at.expects === FINISHED && byte === OPEN_OBJECT
        ? 'Several objects go into one array, or one a line into an NDJSON file (application/x-ndjson).'
        : byteHint(byte),
    );
  }

  private malformed(index: number, problem: string, hint?: string): Error {
    return malformed(this.at.place(index), problem, hint);
  }
}

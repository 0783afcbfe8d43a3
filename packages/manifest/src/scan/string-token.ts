import { showByte } from './malformed.js';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const PLAIN = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte >= 0x20 && byte < 0x80 && byte !== QUOTE && byte !== BACKSLASH ? 1 : 0,
);
const ESCAPES = new Set([...'"\\/bfnrt'].map((character) => character.charCodeAt(0)));

const isHex = (byte: number): boolean =>
  (byte >= 0x30 && byte <= 0x39) || ((byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x66);

/** Reads the inside of a JSON string, cut anywhere. The opening quote is behind it already. */
export class StringToken {
  closed = false;
  /** Why the byte at the index that `scan` returned is refused; null as long as all is well. */
  problem: string | null = null;
  hint: string | undefined = undefined;
  /** UTF-8 continuation bytes read since the last `takeContinuations`. */
  private continuations = 0;
  private afterBackslash = false;
  private hexDigitsLeft = 0;
  private tailBytesLeft = 0;
  private tailMin = 0x80;
  private tailMax = 0xbf;

  open(): void {
    this.closed = false;
  }

  takeContinuations(): number {
    const taken = this.continuations;
    this.continuations = 0;
    return taken;
  }

  /** Returns the index of the byte behind the closing quote, of the refused byte, or the end of the chunk. */
  scan(chunk: Uint8Array, start: number): number {
    const end = chunk.length;
    let index = start;
    while (index < end) {
      if (!this.inSequence()) {
        while (index < end && PLAIN[chunk[index] as number] === 1) index++;
        if (index === end) break;
      }
      const byte = chunk[index] as number;
      if (this.inSequence()) this.continueSequence(byte);
      else this.special(byte);
      if (this.problem !== null) return index;
      index++;
      if (this.closed) return index;
    }
    return index;
  }

  private inSequence(): boolean {
    return this.tailBytesLeft > 0 || this.afterBackslash || this.hexDigitsLeft > 0;
  }

  private special(byte: number): void {
    if (byte === QUOTE) this.closed = true;
    else if (byte === BACKSLASH) this.afterBackslash = true;
    else if (byte >= 0x80) this.lead(byte);
    else this.controlCharacter(byte);
  }

  private controlCharacter(byte: number): void {
    if (byte === 0x0a || byte === 0x0d) {
      this.problem = 'the text has a raw line break inside';
      this.hint = 'Its closing quote is missing, or the line break must be written as \\n.';
    } else {
      this.problem = `the text has ${showByte(byte)} inside`;
      this.hint =
        byte === 0x09 ? 'Write it as \\t.' : `Write it as \\u${byte.toString(16).padStart(4, '0')}.`;
    }
  }

  private continueSequence(byte: number): void {
    if (this.tailBytesLeft > 0) this.tail(byte);
    else if (this.hexDigitsLeft > 0) {
      if (isHex(byte)) this.hexDigitsLeft--;
      else this.problem = 'a \\u escape must have 4 hexadecimal digits';
    } else {
      this.afterBackslash = false;
      if (byte === 0x75) this.hexDigitsLeft = 4;
      else if (!ESCAPES.has(byte)) {
        this.problem = `a backslash may not be followed by ${byte < 0x80 ? showByte(byte) : 'this character'}`;
        this.hint = 'Write a backslash itself as \\\\.';
      }
    }
  }

  /** Bounds of the second byte keep out overlong forms, surrogates and what lies above U+10FFFF (RFC 3629). */
  private lead(byte: number): void {
    if (byte < 0xc2 || byte > 0xf4) {
      this.notUtf8();
      return;
    }
    this.tailBytesLeft = byte < 0xe0 ? 1 : byte < 0xf0 ? 2 : 3;
    this.tailMin = byte === 0xe0 ? 0xa0 : byte === 0xf0 ? 0x90 : 0x80;
    this.tailMax = byte === 0xed ? 0x9f : byte === 0xf4 ? 0x8f : 0xbf;
  }

  private tail(byte: number): void {
    if (byte < this.tailMin || byte > this.tailMax) {
      this.notUtf8();
      return;
    }
    this.tailBytesLeft--;
    this.continuations++;
    this.tailMin = 0x80;
    this.tailMax = 0xbf;
  }

  private notUtf8(): void {
    this.problem = 'the text is not encoded as UTF-8';
    this.hint = 'Save the file as UTF-8.';
  }
}

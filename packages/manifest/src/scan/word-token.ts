const LONGEST = 32;
const SHOWN = 12;
const LITERALS: ReadonlySet<string> = new Set(['true', 'false', 'null']);

/** Letters, digits, `_ $ '` and everything outside ASCII: a literal, or something that is to be shown in a message. */
export const isWordByte = (byte: number): boolean =>
  byte >= 0x80 ||
  ((byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a) ||
  (byte >= 0x30 && byte <= 0x39) ||
  byte === 0x5f ||
  byte === 0x24 ||
  byte === 0x27;

/** Collects a bare word, cut anywhere. */
export class WordToken {
  private bytes: number[] = [];

  start(): void {
    this.bytes = [];
  }

  /** False: the byte does not belong to the word, or the word is longer than anything that is to be told apart. */
  accepts(byte: number): boolean {
    if (this.bytes.length >= LONGEST || !isWordByte(byte)) return false;
    this.bytes.push(byte);
    return true;
  }

  get text(): string {
    return new TextDecoder().decode(Uint8Array.from(this.bytes)).replace(/\ufffd+$/, '');
  }

  get isLiteral(): boolean {
    // The text leaves out a character that is cut off, and "null" with half a character behind it is no literal.
    return this.bytes.length <= 5 && this.text.length === this.bytes.length && LITERALS.has(this.text);
  }

  /** Shortened: after a stray quote a word may be a piece of a signature. */
  get shown(): string {
    const characters = [...this.text];
    if (characters.length === 0) return 'a byte that is not UTF-8';
    if (LITERALS.has(this.text) && !this.isLiteral) return `'${this.text}' and a byte that is not UTF-8`;
    return characters.length <= SHOWN
      ? `'${characters.join('')}'`
      : `'${characters.slice(0, SHOWN / 2).join('')}…'`;
  }
}

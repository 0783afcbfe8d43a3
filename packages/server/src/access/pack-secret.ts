import { Buffer } from 'node:buffer';

// Most of a signed URL's tail is the same names and constants for every object, and hexadecimal digits: packed, that of
// AWS takes a third, which is a quarter of an item's row, of its log, and of what a renewal writes.

/** Part of the stored format: new words are added at the end, at most 64 in all, and none is ever changed or moved. */
const words = [
  'X-Amz-Algorithm=AWS4-HMAC-SHA256',
  'X-Amz-Credential=',
  '%2Fs3%2Faws4_request',
  'X-Amz-Date=',
  'X-Amz-Expires=',
  'X-Amz-SignedHeaders=host',
  'X-Amz-Signature=',
  'X-Amz-Security-Token=',
  'X-Amz-Content-Sha256=UNSIGNED-PAYLOAD',
  'x-id=GetObject',
  'X-Goog-Algorithm=GOOG4-RSA-SHA256',
  'X-Goog-Credential=',
  '%2Fauto%2Fstorage%2Fgoog4_request',
  'X-Goog-Date=',
  'X-Goog-Expires=',
  'X-Goog-SignedHeaders=host',
  'X-Goog-Signature=',
  '.iam.gserviceaccount.com',
  'AWSAccessKeyId=',
  'GoogleAccessId=',
  'AccessKeyId=',
  'Key-Pair-Id=',
  'Signature=',
  'Expires=',
  'Policy=',
  'sv=20',
  'se=20',
  'st=20',
  'spr=https',
  'sr=b',
  'sr=c',
  'sp=r',
  'sig=',
  'skoid=',
  'sktid=',
  'skt=20',
  'ske=20',
  'sks=b',
  'skv=20',
  '%2F',
  '%2B',
  '%3D',
  '%3A',
] as const;

/** The first byte of a packed text; no text that is not packed begins with it. */
const packedMark = 0x01;
const firstWord = 0x80;
const hexMark = 0xff;
/** Digits of one run; two make a byte, and the count of bytes takes one. */
const mostHexDigits = 510;
const fewestHexDigits = 16;

const wordBytes = new Map<string, number>(words.map((word, index) => [word, firstWord + index]));
const longestFirst = [...words].sort((a, b) => b.length - a.length);
const escaped = longestFirst.map((word) => word.replaceAll('.', '\\.'));
const pieces = new RegExp(
  `${escaped.join('|')}|(?:[0-9a-f]{2}){${fewestHexDigits / 2},${mostHexDigits / 2}}`,
  'g',
);
const digits = new RegExp(`^[0-9a-f]{${fewestHexDigits},${mostHexDigits}}$`);
const printable = /^[\x20-\x7e]*$/;

/** What the last text had before its last digits: most texts of a manifest begin alike, and then only the rest is packed. */
const nothingKnown = { text: '', packed: Buffer.of(packedMark) };
let known = nothingKnown;

/** The text as bytes: shorter if it is what signs a URL, else its UTF-8. `unpackSecret` gives the text back exactly. */
export function packSecret(text: string): Buffer {
  const { text: before, packed: packedBefore } = text.startsWith(known.text) ? known : nothingKnown;
  const rest = text.slice(before.length);
  if (digits.test(rest) && rest.length % 2 === 0) return withDigits(packedBefore, rest);
  if (!printable.test(rest)) return Buffer.from(text, 'utf8');
  const packed = Buffer.allocUnsafe(packedBefore.length + text.length - before.length);
  let length = packedBefore.copy(packed);
  let end = before.length;
  const copyUpTo = (index: number): void => {
    if (index > end) length += packed.write(text.slice(end, index), length, 'latin1');
  };
  pieces.lastIndex = end;
  for (let match = pieces.exec(text); match; match = pieces.exec(text)) {
    const [piece] = match;
    copyUpTo(match.index);
    end = match.index + piece.length;
    const word = wordBytes.get(piece);
    if (word !== undefined) {
      packed[length++] = word;
      continue;
    }
    if (match.index > before.length)
      known = { text: text.slice(0, match.index), packed: Buffer.from(packed.subarray(0, length)) };
    packed[length++] = hexMark;
    packed[length++] = piece.length / 2;
    length += packed.write(piece, length, 'hex');
  }
  copyUpTo(text.length);
  return packed.subarray(0, length);
}

function withDigits(packedBefore: Buffer, rest: string): Buffer {
  const packed = Buffer.allocUnsafe(packedBefore.length + 2 + rest.length / 2);
  let length = packedBefore.copy(packed);
  packed[length++] = hexMark;
  packed[length++] = rest.length / 2;
  packed.write(rest, length, 'hex');
  return packed;
}

/** @throws Error if the bytes are neither UTF-8 nor packed by this version or an older one */
export function unpackSecret(packed: Buffer): string {
  if (packed[0] !== packedMark) return packed.toString('utf8');
  const parts: string[] = [];
  let index = 1;
  while (index < packed.length) {
    const byte = packed[index] ?? 0;
    if (byte < firstWord) {
      const start = index;
      while (index < packed.length && (packed[index] ?? 0) < firstWord) index += 1;
      parts.push(packed.toString('latin1', start, index));
    } else if (byte === hexMark) {
      const end = index + 2 + (packed[index + 1] ?? 0);
      parts.push(packed.toString('hex', index + 2, end));
      index = end;
    } else {
      parts.push(wordOf(byte));
      index += 1;
    }
  }
  return parts.join('');
}

function wordOf(byte: number): string {
  const word = words[byte - firstWord];
  if (word === undefined) throw new Error('A sealed URL was written by a newer version of Latchkey.');
  return word;
}

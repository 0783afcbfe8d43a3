const marks: readonly [encoding: string, ...bytes: number[]][] = [
  ['utf-32le', 0xff, 0xfe, 0, 0],
  ['utf-32be', 0, 0, 0xfe, 0xff],
  ['utf-8', 0xef, 0xbb, 0xbf],
  ['utf-16le', 0xff, 0xfe],
  ['utf-16be', 0xfe, 0xff],
];

export interface ByteOrderMark {
  readonly encoding: string;
  readonly length: number;
}

export function readByteOrderMark(head: Uint8Array): ByteOrderMark | null {
  const found = marks.find(([, ...bytes]) => bytes.every((byte, at) => head[at] === byte));
  return found ? { encoding: found[0], length: found.length - 1 } : null;
}

/** Control characters that no text has. Tab, line breaks, form feed and the escape of terminal colours it may have. */
export function hasBinaryBytes(bytes: Uint8Array): boolean {
  return bytes.some(
    (byte) => (byte < 0x20 && !(byte >= 0x09 && byte <= 0x0d) && byte !== 0x1b) || byte === 0x7f,
  );
}

/** `cut`: the bytes may end within a character. */
export function decodeUtf8(bytes: Uint8Array, { cut }: { cut: boolean }): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: cut });
  } catch {
    return null;
  }
}

/** UTF-16 without a mark, told by the zero bytes that Latin letters, digits and spaces leave on one side. */
export function guessUtf16(head: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const pairs = Math.floor(head.length / 2);
  if (pairs < 4) return null;
  let even = 0;
  let odd = 0;
  for (let i = 0; i < pairs * 2; i += 2) {
    if (head[i] === 0) even += 1;
    if (head[i + 1] === 0) odd += 1;
  }
  if (odd > pairs * 0.4 && even === 0) return 'utf-16le';
  if (even > pairs * 0.4 && odd === 0) return 'utf-16be';
  return null;
}

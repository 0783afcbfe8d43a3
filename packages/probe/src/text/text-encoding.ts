import { decodeUtf8, guessUtf16, hasBinaryBytes, readByteOrderMark } from '../sniff/text-bytes.js';

/** More makes chardet slow and no better. */
const guessBytes = 4096;
/** What browsers read as well; chardet names others for short texts by chance. */
const readable = (encoding: string): boolean => {
  try {
    new TextDecoder(encoding);
    return true;
  } catch {
    return false;
  }
};

/**
 * A name that `TextDecoder` knows; null: these are no bytes of a text. First what is certain: a mark, then UTF-8
 * (which ASCII is too), for the guess is wrong there.
 */
export async function findTextEncoding(
  head: Uint8Array,
  { cut }: { readonly cut: boolean },
): Promise<string | null> {
  const mark = readByteOrderMark(head);
  if (mark) return readable(mark.encoding) ? mark.encoding : null;
  const wide = guessUtf16(head);
  if (wide) return wide;
  if (hasBinaryBytes(head)) return null;
  if (decodeUtf8(head, { cut }) !== null) return 'utf-8';
  const { default: chardet } = await import('chardet');
  const guesses = chardet.analyse(head.subarray(0, guessBytes)).map(({ name }) => name.toLowerCase());
  return guesses.find((name) => readable(name) && !name.startsWith('utf-')) ?? 'windows-1252';
}

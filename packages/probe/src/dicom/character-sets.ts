import { latin1 } from '../ascii.js';

/** Defined terms of Specific Character Set (PS3.3 C.12.1.1.2) without code extensions, as names of `TextDecoder`. */
const labels: Readonly<Record<string, string>> = {
  'ISO_IR 101': 'iso-8859-2',
  'ISO_IR 109': 'iso-8859-3',
  'ISO_IR 110': 'iso-8859-4',
  'ISO_IR 144': 'iso-8859-5',
  'ISO_IR 127': 'iso-8859-6',
  'ISO_IR 126': 'iso-8859-7',
  'ISO_IR 138': 'iso-8859-8',
  'ISO_IR 148': 'windows-1254',
  'ISO_IR 203': 'iso-8859-15',
  'ISO_IR 13': 'shift_jis',
  'ISO_IR 166': 'windows-874',
  'ISO_IR 192': 'utf-8',
  GB18030: 'gb18030',
  GBK: 'gbk',
};

interface CodeElement {
  readonly label: string;
  /** Two bytes a character, the high bit of both clear; with it set they are what the decoder knows. */
  readonly isSevenBit?: boolean;
  /** What the decoder wants before each character. */
  readonly prefix?: number;
}

/** What an escape sequence switches to (PS3.3 tables C.12-3 and C.12-4). */
const escapes: Readonly<Record<string, CodeElement>> = {
  '(B': { label: 'latin1' },
  '-A': { label: 'latin1' },
  '-B': { label: 'iso-8859-2' },
  '-C': { label: 'iso-8859-3' },
  '-D': { label: 'iso-8859-4' },
  '-L': { label: 'iso-8859-5' },
  '-G': { label: 'iso-8859-6' },
  '-F': { label: 'iso-8859-7' },
  '-H': { label: 'iso-8859-8' },
  '-M': { label: 'windows-1254' },
  '-b': { label: 'iso-8859-15' },
  '-T': { label: 'windows-874' },
  ')I': { label: 'shift_jis' },
  '(J': { label: 'shift_jis' },
  $B: { label: 'euc-jp', isSevenBit: true },
  '$(D': { label: 'euc-jp', isSevenBit: true, prefix: 0x8f },
  '$)C': { label: 'euc-kr' },
  '$)A': { label: 'gbk' },
};

/** Decodes the text of elements whose representation depends on Specific Character Set. */
export type DecodeText = (bytes: Uint8Array) => string;

/** `terms`: the values of (0008,0005). What is not known reads as Latin-1, so that ASCII in it stays true. */
export function textDecoderFor(terms: readonly string[]): DecodeText {
  const [first = ''] = terms.map((term) => term.trim());
  const initial = labels[first.replace(/^ISO 2022 IR /, 'ISO_IR ')] ?? 'latin1';
  const isExtended = terms.length > 1 || first.startsWith('ISO 2022');
  return isExtended
    ? (bytes) => decodeExtended(bytes, initial)
    : (bytes) => decodeAs(bytes, { label: initial });
}

function decodeExtended(bytes: Uint8Array, initial: string): string {
  let text = '';
  let element: CodeElement = { label: initial };
  let start = 0;
  for (let at = 0; at <= bytes.length; at++) {
    const isEscape = bytes[at] === 0x1b;
    // Delimiters of values, name parts and lines switch back (PS3.5 section 6.1.2.5.3).
    const isDelimiter = !element.isSevenBit && [0x5c, 0x5e, 0x3d, 0x0a, 0x0d].includes(bytes[at] ?? 0);
    if (at < bytes.length && !isEscape && !isDelimiter) continue;
    text += decodeAs(bytes.subarray(start, at), element);
    if (isDelimiter) {
      text += String.fromCharCode(bytes[at] ?? 0);
      element = { label: initial };
      start = at + 1;
    }
    if (!isEscape) continue;
    const switched = findEscape(bytes, at + 1);
    element = switched?.element ?? element;
    start = at + 1 + (switched?.length ?? 0);
    at = start - 1;
  }
  return text;
}

function findEscape(bytes: Uint8Array, at: number): { element: CodeElement; length: number } | undefined {
  for (const length of [2, 3]) {
    const element = escapes[latin1(bytes.subarray(at, at + length))];
    if (element) return { element, length };
  }
  return undefined;
}

function decodeAs(bytes: Uint8Array, { label, isSevenBit, prefix }: CodeElement): string {
  if (label === 'latin1') return latin1(bytes);
  const decoder = new TextDecoder(label);
  if (!isSevenBit) return decoder.decode(bytes);
  const raised = [...bytes].flatMap((byte, index) => [
    ...(prefix !== undefined && index % 2 === 0 ? [prefix] : []),
    byte | 0x80,
  ]);
  return decoder.decode(Uint8Array.from(raised));
}

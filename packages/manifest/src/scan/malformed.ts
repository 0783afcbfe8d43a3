import { LatchkeyError } from '@latchkey/contract/errors';
import { type Place, showPlace } from './place.js';

export function malformed(place: Place, problem: string, hint?: string): LatchkeyError {
  const message = `Not valid JSON at ${showPlace(place)}: ${problem}.${hint === undefined ? '' : ` ${hint}`}`;
  return new LatchkeyError('malformed_json', message, {
    details: { line: place.line, column: place.column },
  });
}

const NAMES: Readonly<Record<number, string>> = {
  10: 'a line break',
  13: 'a line break',
  9: 'a tab',
  0: 'a NUL byte',
};

/** How a message shows one byte below 0x80. */
export function showByte(byte: number): string {
  const name = NAMES[byte];
  if (name !== undefined) return name;
  if (byte < 0x20 || byte === 0x7f) return `the control character 0x${byte.toString(16).padStart(2, '0')}`;
  return `'${String.fromCharCode(byte)}'`;
}

const WORD_HINTS: Readonly<Record<string, string>> = {
  True: 'Write true in lower case.',
  TRUE: 'Write true in lower case.',
  False: 'Write false in lower case.',
  FALSE: 'Write false in lower case.',
  None: 'Write null.',
  NULL: 'Write null.',
  Null: 'Write null.',
  undefined: 'Write null, or leave the key out.',
  NaN: 'JSON has no NaN; write null, or leave the key out.',
  Infinity: 'JSON has no Infinity; write null, or leave the key out.',
};

export function wordHint(word: string): string | undefined {
  if (word.startsWith("'")) return 'JSON writes text in double quotes.';
  if (/^[“”„‟«»]/u.test(word))
    return 'These are typographic quotes; JSON writes text in plain double quotes.';
  if (word.startsWith('\u00a0')) return 'This is a no-break space (U+00A0); use plain spaces.';
  return WORD_HINTS[word];
}

export function byteHint(byte: number): string | undefined {
  if (byte === 0x2f || byte === 0x23) return 'JSON has no comments.';
  if (byte === 0x2b || byte === 0x2e) return 'A number starts with a digit or "-".';
  return undefined;
}

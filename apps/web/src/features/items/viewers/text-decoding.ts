export const encodings = [
  'utf-8',
  'utf-16le',
  'utf-16be',
  'windows-1252',
  'iso-8859-2',
  'windows-1251',
  'shift_jis',
  'euc-jp',
  'gb18030',
  'big5',
  'euc-kr',
] as const;
export type Encoding = (typeof encodings)[number];

/** By its mark, else UTF-8 if it is that, else Western European, which takes every byte. */
export function detectEncoding(start: Uint8Array): Encoding {
  const [first, second] = start;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  try {
    // `stream`: the part may end inside of a character.
    new TextDecoder('utf-8', { fatal: true }).decode(start, { stream: true });
    return 'utf-8';
  } catch {
    return 'windows-1252';
  }
}

export function decodeParts(parts: readonly Uint8Array[], encoding: Encoding): string {
  const decoder = new TextDecoder(encoding);
  const texts = parts.map((part) => decoder.decode(part, { stream: true }));
  return texts.join('') + decoder.decode();
}

export interface TextRow {
  /** From 1; null for the rest of a line that is too long for one row. */
  readonly line: number | null;
  readonly text: string;
}

const rowLength = 2000;

/** Lines as rows; a very long line becomes several, since drawing a row of a megabyte would block the page. */
export function rowsOfText(text: string): TextRow[] {
  const rows: TextRow[] = [];
  let line = 0;
  for (const content of text.split(/\r\n|\n|\r/)) {
    line += 1;
    rows.push({ line, text: content.slice(0, rowLength) });
    for (let at = rowLength; at < content.length; at += rowLength)
      rows.push({ line: null, text: content.slice(at, at + rowLength) });
  }
  return rows;
}

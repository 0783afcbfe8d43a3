const separators = [',', ';', '\t'] as const;
export type Separator = (typeof separators)[number];

/** The one that stands most often outside quotes in the first row; a comma if none does. */
export function findSeparator(text: string): Separator {
  const unquoted = text.trimStart().replace(/"[^"]*"/g, '');
  const [row = ''] = unquoted.split(/[\r\n]/, 1);
  const counts = separators.map((separator) => row.split(separator).length);
  return separators[counts.indexOf(Math.max(...counts))] ?? ',';
}

/** The cells of each row, quotes removed. A row that does not end in the text is left out unless `isWhole`. */
export function splitCsv(text: string, separator: Separator, { isWhole }: { isWhole: boolean }): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  // One cell, quoted or not, and what ends it; the last alternative is the end of the text.
  const cell = new RegExp(
    `(?:"((?:[^"]|"")*)"|([^"\\r\\n${separator}][^\\r\\n${separator}]*|))(${separator}|\\r\\n|\\r|\\n|$)`,
    'gy',
  );
  for (let match = cell.exec(text); match; match = cell.exec(text)) {
    const [, quoted, plain = '', end] = match;
    row.push((quoted?.replaceAll('""', '"') ?? plain).trim());
    if (end === separator) continue;
    const isUnfinished = end === '' && !isWhole;
    if (!isUnfinished && row.some((value) => value !== '')) rows.push(row);
    row = [];
    if (cell.lastIndex >= text.length) break;
  }
  return rows;
}

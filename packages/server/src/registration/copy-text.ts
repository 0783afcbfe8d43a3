export type CopyValue = string | number | null | undefined;

/** A line of COPY's text format, with its newline. The values are escaped already. */
export function copyLine<Column extends string>(
  columns: readonly Column[],
  row: Readonly<Record<Column, CopyValue>>,
): string {
  let line = '';
  for (const column of columns) line += `${line === '' ? '' : '\t'}${row[column] ?? '\\N'}`;
  return `${line}\n`;
}

const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** In COPY's text format a backslash, newline, return and tab are escaped; `\N` is null. */
export function escaped(value: CopyValue): CopyValue {
  if (typeof value !== 'string' || !/[\\\n\r\t]/.test(value)) return value;
  return value.replace(/[\\\n\r\t]/g, (character) => escapes[character] ?? character);
}

export const jsonText = (value: object | null): CopyValue =>
  value === null ? null : escaped(JSON.stringify(value));

export const bytesText = (bytes: Buffer | null): CopyValue =>
  bytes === null ? null : `\\\\x${bytes.toString('hex')}`;

const lastTimestamp = Date.UTC(9999, 11, 31);

/** A later year is written with a sign, which PostgreSQL does not read; what lives so long does not expire. */
export function timestampText(epochMs: number | null): CopyValue {
  return epochMs === null || epochMs > lastTimestamp ? null : new Date(epochMs).toISOString();
}

import pg from 'pg';
import { copyHeader, copyTrailer, framed } from './copy-rows.js';
import type { CopyStatement } from './executor.js';

/** `source` is what stands after FROM: `STDIN` or a quoted server path. */
export function copyText(statement: CopyStatement, source: string): string {
  const columns = statement.columns.map((column) => pg.escapeIdentifier(column)).join(', ');
  const format = 'binary' in statement ? ' WITH (FORMAT binary)' : '';
  return `COPY ${pg.escapeIdentifier(statement.table)} (${columns}) FROM ${source}${format}`;
}

/** What the statement reads. */
export function copyData(statement: CopyStatement): Uint8Array<ArrayBuffer> {
  if ('binary' in statement) return framed(statement.binary);
  const { text } = statement;
  return typeof text === 'string' ? new TextEncoder().encode(text) : new Uint8Array(text);
}

/** The same in pieces, which are not copied. */
export function copyPieces(statement: CopyStatement): Uint8Array[] {
  return 'binary' in statement ? [copyHeader, statement.binary, copyTrailer] : [copyData(statement)];
}

/** About as many bytes as the statement writes. */
export const sizeOf = (statement: CopyStatement): number =>
  'binary' in statement ? statement.binary.length : statement.text.length;

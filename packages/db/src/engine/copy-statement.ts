import pg from 'pg';
import type { CopyStatement } from './executor.js';

/** `source` is what stands after FROM: `STDIN` or a quoted server path. */
export function copyText(statement: CopyStatement, source: string): string {
  const columns = statement.columns.map((column) => pg.escapeIdentifier(column)).join(', ');
  return `COPY ${pg.escapeIdentifier(statement.table)} (${columns}) FROM ${source}`;
}

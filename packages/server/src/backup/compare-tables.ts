import type { Database, Executor } from '@latchkey/db/engine/executor';
import { digestRows, type TableDigest, useDigestSettings } from '@latchkey/db/transfer/rows';
import type { TableInfo } from '@latchkey/db/transfer/tables';
import { BackupError } from './backup-error.js';

export interface CompareTablesOptions {
  readonly source: Database;
  readonly target: Executor;
  readonly tables: readonly TableInfo[];
  readonly onProgress: (progress: { readonly step: 'comparing'; readonly table: string }) => void;
  readonly signal: AbortSignal;
}

/** Compares every value, and answers the numbers of rows. Throws `BackupError` `copy_differs`. */
export async function compareTables(options: CompareTablesOptions): Promise<Record<string, number>> {
  const { source, target, tables, onProgress, signal } = options;
  await useDigestSettings(target);
  const counts: Record<string, number> = {};
  for (const table of tables) {
    signal.throwIfAborted();
    onProgress({ step: 'comparing', table: table.name });
    const [expected, found] = await Promise.all([digestSource(source, table), digestRows(target, table)]);
    if (found.digest !== expected.digest || found.rows !== expected.rows)
      throw differs(table, expected, found);
    counts[table.name] = found.rows;
  }
  return counts;
}

function digestSource(source: Database, table: TableInfo): Promise<TableDigest> {
  return source.transaction(async (tx) => {
    await useDigestSettings(tx);
    return digestRows(tx, table);
  });
}

const differs = ({ name }: TableInfo, expected: TableDigest, found: TableDigest) =>
  new BackupError(
    'copy_differs',
    `The copy of the table ${name} is not the same: ${found.rows} rows of ${expected.rows}, or other values. Nothing was kept of the copy.`,
    'This is a fault of Latchkey or of a database: go on with the embedded database, and report it.',
  );

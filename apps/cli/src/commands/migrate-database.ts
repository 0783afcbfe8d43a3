import type { MigratedDatabase, MigrationProgress } from '@latchkey/server/backup/migrate-database';
import type { Command } from 'commander';
import type { CommandContext } from '../context.js';
import { type ExitCode, exitCodes } from '../exit-codes.js';
import { createBar } from '../progress.js';

const help = `
Stop the server first. LATCHKEY_DATA_DIR is the data directory with the embedded database, DATABASE_URL an empty
database of PostgreSQL 15 or newer. Everything is copied in one transaction and compared: interrupted, it leaves nothing,
and can be given again. The embedded database stays as it is. Then start the server with the same settings: keys and
waiting manifests stay in the data directory. docs/upgrade.md says more.

Exit codes:
  0  everything is in PostgreSQL
  1  everything is in PostgreSQL, and its audit log is broken, as it was in the embedded database
  2  refused; nothing was kept of the copy`;

interface MigrateOptions {
  readonly json: boolean;
}

export function addMigrateDatabaseCommand(
  program: Command,
  context: CommandContext,
  finish: (exitCode: ExitCode) => void,
): void {
  program
    .command('migrate-database')
    .description('move everything from the embedded database to PostgreSQL')
    .option('--json', 'print one JSON object and nothing else', false)
    .addHelpText('after', help)
    .action(async ({ json }: MigrateOptions) => {
      const migrated = await migrate(context, json);
      if (json) context.print(JSON.stringify(migrated));
      else for (const line of linesOf(migrated)) context.print(line);
      if (!migrated.auditLog.isWhole) finish(exitCodes.logBroken);
    });
}

async function migrate(context: CommandContext, isQuiet: boolean): Promise<MigratedDatabase> {
  const { migrateDatabase } = await import('@latchkey/server/backup/migrate-database');
  const bar = context.isInteractive && !isQuiet ? createBar() : null;
  let value = 0;
  let total = 0;
  const onProgress = (progress: MigrationProgress): void => {
    if (progress.step === 'copying') {
      value = progress.rows;
      total = progress.totalRows;
    }
    bar?.show({ value, total, text: `${progress.step} ${progress.table}` });
  };
  try {
    return await migrateDatabase({ environment: context.environment, onProgress, signal: context.signal });
  } finally {
    bar?.stop();
  }
}

const number = new Intl.NumberFormat('en');

function linesOf({ tables, migration, auditLog }: MigratedDatabase): string[] {
  const rows = Object.values(tables).reduce((sum, count) => sum + count, 0);
  const { isWhole, entriesChecked, problem } = auditLog;
  return [
    `Moved ${number.format(rows)} rows of ${Object.keys(tables).length} tables to PostgreSQL, at ${migration}. Every value was compared.`,
    isWhole
      ? `The audit log is whole: ${number.format(entriesChecked)} entries checked.`
      : `The audit log is broken, as it is in the embedded database: ${problem?.message}`,
    'Start the server with the same settings, DATABASE_URL among them. The embedded database was left as it is; once all',
    'is well, remove the directory "database" of the data directory, and keep secret.key and spool.',
  ];
}

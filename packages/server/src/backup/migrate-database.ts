import type { AuditVerification } from '@latchkey/contract/schemas/audit';
import type { Database, Executor } from '@latchkey/db/engine/executor';
import { openDatabase } from '@latchkey/db/engine/open-database';
import { getSchemaState, migrate } from '@latchkey/db/migrate/migrate';
import { copyTables } from '@latchkey/db/transfer/copy-tables';
import { countRows, hasRows, vacuum } from '@latchkey/db/transfer/rows';
import { listTables, type TableInfo } from '@latchkey/db/transfer/tables';
import { verifyAuditLog } from '../audit/verify-log.js';
import { readConfig } from '../config/environment.js';
import { ConfigError, type Environment } from '../config/settings.js';
import { BackupError } from './backup-error.js';
import { compareTables } from './compare-tables.js';
import { findEmbeddedDatabase } from './embedded-database.js';
import { notEmpty } from './not-empty.js';

export type MigrationProgress =
  | { readonly step: 'copying'; readonly table: string; readonly rows: number; readonly totalRows: number }
  | { readonly step: 'comparing'; readonly table: string };

export interface MigrateDatabaseOptions {
  /** LATCHKEY_DATA_DIR has the embedded database, DATABASE_URL names the new one. */
  readonly environment: Environment;
  readonly onProgress: (progress: MigrationProgress) => void;
  readonly signal: AbortSignal;
}

export interface MigratedDatabase {
  /** Rows by table. */
  readonly tables: Readonly<Record<string, number>>;
  readonly migration: string;
  readonly auditLog: AuditVerification;
}

/**
 * Copies the embedded database to an empty one of PostgreSQL, in one transaction: it is there whole, compared row by
 * row, or not at all, and the command can be given again. The embedded one stays as it is.
 *
 * @throws BackupError; DatabaseError `directory_in_use` while a server has the embedded database.
 */
export async function migrateDatabase(options: MigrateDatabaseOptions): Promise<MigratedDatabase> {
  const { dataDir, databaseUrl } = readConfig(options.environment);
  if (databaseUrl === null)
    throw new ConfigError(
      'DATABASE_URL has to name the empty PostgreSQL database that takes the place of the embedded one.',
    );
  await using source = await openDatabase({ dataDir: await findEmbeddedDatabase(dataDir) });
  const migration = await requireCurrent(source);
  await using target = await openDatabase({ databaseUrl, maxConnections: 1 });
  await prepareTarget(target);
  const migrated = await target.transaction((tx) => copyAll(source, tx, options));
  await vacuum(target);
  return { ...migrated, migration };
}

async function requireCurrent(source: Database): Promise<string> {
  const { applied, pending } = await getSchemaState(source);
  const last = applied.at(-1);
  if (last !== undefined && pending.length === 0) return last;
  throw new BackupError(
    'source_outdated',
    `The embedded database is at ${last ?? 'no migration'}, and this version of Latchkey needs ${pending.at(-1)}.`,
    'Start this version once without DATABASE_URL, which brings it up to date, stop it, and give the command again.',
  );
}

/** Makes the tables. Those that an interrupted run has made are empty, and stay. */
async function prepareTarget(target: Database): Promise<void> {
  const { applied } = await getSchemaState(target);
  const tables = await listTables(target);
  if (applied.length === 0 && tables.length > 0) throw occupied(tables);
  await requireEmpty(target, tables);
  await migrate(target);
}

async function requireEmpty(target: Executor, tables: readonly TableInfo[]): Promise<void> {
  for (const table of tables) if (await hasRows(target, table)) throw occupied([table]);
}

const occupied = (tables: readonly TableInfo[]) =>
  notEmpty(`The database of DATABASE_URL has the table ${tables.map(({ name }) => name).join(', ')}`);

async function copyAll(
  source: Database,
  target: Executor,
  { onProgress, signal }: MigrateDatabaseOptions,
): Promise<Omit<MigratedDatabase, 'migration'>> {
  const tables = await listTables(source);
  let totalRows = 0;
  for (const table of tables) totalRows += await countRows(source, table);
  let rows = 0;
  await copyTables({
    source,
    target,
    tables,
    signal,
    requireEmpty: () => requireEmpty(target, tables),
    onRows: ({ name }, copied) => {
      rows += copied;
      onProgress({ step: 'copying', table: name, rows, totalRows });
    },
  });
  const counts = await compareTables({ source, target, tables, signal, onProgress });
  return { tables: counts, auditLog: await verifyAuditLog({ db: target }) };
}

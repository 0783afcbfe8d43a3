import { fileURLToPath } from 'node:url';
import type { Database, Executor } from '../engine/executor.js';
import { type Migration, readMigrations, refused } from './migration-files.js';

interface AppliedMigration {
  readonly version: number;
  readonly name: string;
  readonly checksum: string;
  readonly breaking: boolean;
}

const MIGRATIONS_DIRECTORY = fileURLToPath(new URL('../../migrations', import.meta.url));

/** Key of the advisory lock under which migrations run; any constant that nothing else uses. */
const LOCK_KEY = 5_283_119_471;

/**
 * Brings the database to the newest migration, one transaction each, and answers the names of those it ran.
 * Any number of processes may call it at the same time. Rejects with `migration_refused` when an applied
 * migration was changed or when the database has a breaking one that this binary does not know.
 */
export async function migrate(
  database: Database,
  directory: string = MIGRATIONS_DIRECTORY,
): Promise<{ applied: string[] }> {
  const migrations = await readMigrations(directory);
  const applied: string[] = [];
  for (;;) {
    const name = await database.transaction((tx) => applyNext(tx, migrations));
    if (name === undefined) return { applied };
    applied.push(name);
  }
}

export interface SchemaState {
  /** Names, in their order. */
  readonly applied: readonly string[];
  /** What `migrate` would run. */
  readonly pending: readonly string[];
}

/** Changes nothing. Rejects as `migrate` does. */
export async function getSchemaState(
  db: Executor,
  directory: string = MIGRATIONS_DIRECTORY,
): Promise<SchemaState> {
  const migrations = await readMigrations(directory);
  const known = (await hasMigrationsTable(db)) ? await listApplied(db) : [];
  checkCompatible(known, migrations);
  const versions = new Set(known.map(({ version }) => version));
  const pending = migrations.filter(({ version }) => !versions.has(version));
  return { applied: known.map(({ name }) => name), pending: pending.map(({ name }) => name) };
}

async function hasMigrationsTable(db: Executor): Promise<boolean> {
  const text = `SELECT to_regclass('schema_migrations') IS NOT NULL AS found`;
  return (await db.query<{ found: boolean }>({ name: 'migrations.tableFound', text }))[0]?.found ?? false;
}

/** Applies the first migration that is missing; answers undefined when none is. */
async function applyNext(tx: Executor, migrations: readonly Migration[]): Promise<string | undefined> {
  // Held to the end of the transaction: the next process sees the row of what this one has applied.
  await tx.query({ name: 'migrations.lock', text: 'SELECT pg_advisory_xact_lock($1)', values: [LOCK_KEY] });
  const known = await readApplied(tx);
  checkCompatible(known, migrations);
  const versions = new Set(known.map(({ version }) => version));
  const next = migrations.find(({ version }) => !versions.has(version));
  if (next === undefined) return undefined;
  await tx.query({ name: `migrations.${next.name}`, text: next.text });
  await tx.query({
    name: 'migrations.record',
    text: 'INSERT INTO schema_migrations (version, name, checksum, breaking) VALUES ($1, $2, $3, $4)',
    values: [next.version, next.name, next.checksum, next.breaking],
  });
  return next.name;
}

async function readApplied(tx: Executor): Promise<AppliedMigration[]> {
  await tx.query({
    name: 'migrations.table',
    text: `CREATE TABLE IF NOT EXISTS schema_migrations (
      version int PRIMARY KEY,
      name text NOT NULL,
      checksum text NOT NULL,
      breaking boolean NOT NULL,
      applied_at timestamptz NOT NULL DEFAULT now()
    )`,
  });
  return listApplied(tx);
}

async function listApplied(db: Executor): Promise<AppliedMigration[]> {
  return db.query<AppliedMigration>({
    name: 'migrations.applied',
    text: 'SELECT version, name, checksum, breaking FROM schema_migrations ORDER BY version',
  });
}

function checkCompatible(applied: readonly AppliedMigration[], migrations: readonly Migration[]): void {
  const byVersion = new Map(migrations.map((migration) => [migration.version, migration]));
  for (const { version, name, checksum, breaking } of applied) {
    const migration = byVersion.get(version);
    if (migration === undefined && breaking) {
      throw refused(
        `The database has the migration ${name}, which this version of Latchkey does not know and cannot work with. Start the newer version again, or restore a backup from before its upgrade.`,
      );
    }
    if (migration !== undefined && migration.checksum !== checksum) {
      throw refused(
        `The migration ${migration.name} differs from the one (${name}) that the database has applied. Restore the file as it was and put the change into a new migration.`,
      );
    }
  }
}

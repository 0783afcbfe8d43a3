import type { Executor } from '../engine/executor.js';

/** A table of the schema, and what of it a copy has to take along. */
export interface TableInfo {
  readonly name: string;
  /** In their order, without those that are generated. */
  readonly columns: readonly string[];
}

/** All tables but the one of the migrations, by name. */
export async function listTables(db: Executor): Promise<TableInfo[]> {
  return db.query<TableInfo>({
    name: 'transfer.tables',
    text: `SELECT c.relname::text AS name, array_agg(a.attname::text ORDER BY a.attnum) AS columns
      FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
      WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relname <> 'schema_migrations'
      GROUP BY c.relname ORDER BY c.relname`,
  });
}

/** Sequences have a state that no row holds. */
export async function listSequences(db: Executor): Promise<string[]> {
  const rows = await db.query<{ name: string }>({
    name: 'transfer.sequences',
    text: `SELECT relname::text AS name FROM pg_class
      WHERE relnamespace = 'public'::regnamespace AND relkind = 'S' ORDER BY 1`,
  });
  return rows.map(({ name }) => name);
}

/** A foreign key as `ALTER TABLE` takes it. */
export interface Reference {
  readonly table: string;
  readonly name: string;
  readonly definition: string;
}

export async function listReferences(db: Executor): Promise<Reference[]> {
  return db.query<Reference>({
    name: 'transfer.references',
    text: `SELECT conrelid::regclass::text AS table, quote_ident(conname) AS name, pg_get_constraintdef(oid) AS definition
      FROM pg_constraint WHERE contype = 'f' AND connamespace = 'public'::regnamespace ORDER BY 1, 2`,
  });
}

export async function dropReference(tx: Executor, { table, name }: Reference): Promise<void> {
  await tx.query({ name: 'transfer.dropReference', text: `ALTER TABLE ${table} DROP CONSTRAINT ${name}` });
}

/** Checks all rows at once. */
export async function addReference(tx: Executor, { table, name, definition }: Reference): Promise<void> {
  const text = `ALTER TABLE ${table} ADD CONSTRAINT ${name} ${definition}`;
  await tx.query({ name: 'transfer.addReference', text });
}

import pg from 'pg';
import type { Executor } from '../engine/executor.js';
import type { TableInfo } from './tables.js';

const identifier = (name: string): string => pg.escapeIdentifier(name);
const columnList = ({ columns }: TableInfo): string => columns.map(identifier).join(', ');

/** Nobody else reads or writes the tables until the transaction ends. */
export async function lockTables(tx: Executor, tables: readonly TableInfo[]): Promise<void> {
  const text = `LOCK TABLE ${tables.map(({ name }) => identifier(name)).join(', ')} IN ACCESS EXCLUSIVE MODE`;
  await tx.query({ name: 'transfer.lock', text });
}

/** What triggers keep, counts for one, is copied like everything else. */
export async function switchTriggers(
  tx: Executor,
  { name }: TableInfo,
  state: 'ENABLE' | 'DISABLE',
): Promise<void> {
  const text = `ALTER TABLE ${identifier(name)} ${state} TRIGGER USER`;
  await tx.query({ name: 'transfer.switchTriggers', text });
}

export async function hasRows(db: Executor, { name }: TableInfo): Promise<boolean> {
  const text = `SELECT EXISTS (SELECT 1 FROM ${identifier(name)}) AS found`;
  return (await db.query<{ found: boolean }>({ name: 'transfer.hasRows', text }))[0]?.found === true;
}

export async function countRows(db: Executor, { name }: TableInfo): Promise<number> {
  const text = `SELECT count(*) AS count FROM ${identifier(name)}`;
  return (await db.query<{ count: number }>({ name: 'transfer.countRows', text }))[0]?.count ?? 0;
}

export interface TableSize {
  readonly pages: number;
  /** With what long values take elsewhere. */
  readonly bytes: number;
}

export async function getTableSize(db: Executor, { name }: TableInfo): Promise<TableSize> {
  const [size] = await db.query<TableSize>({
    name: 'transfer.tableSize',
    text: `SELECT pg_relation_size($1::regclass) / current_setting('block_size')::int AS pages, pg_table_size($1::regclass) AS bytes`,
    values: [identifier(name)],
  });
  return size ?? { pages: 0, bytes: 0 };
}

/** The rows of some pages of a table that nobody changes, in COPY's text format. */
export function copyPagesOut(
  db: Executor,
  table: TableInfo,
  firstPage: number,
  endPage: number,
): Promise<Buffer> {
  const text = `SELECT ${columnList(table)} FROM ${identifier(table.name)}
    WHERE ctid >= '(${firstPage},0)' AND ctid < '(${endPage},0)'`;
  return db.copyOut({ name: 'transfer.copyPagesOut', text });
}

export async function copyRowsIn(tx: Executor, table: TableInfo, text: Buffer): Promise<void> {
  await tx.copy({ name: 'transfer.copyRowsIn', table: table.name, columns: table.columns, text });
}

export interface TableDigest {
  readonly rows: number;
  /** The same for the same rows in any order. */
  readonly digest: string;
}

/** Of every value of every row, as the text that both engines write; `useDigestSettings` makes it one text. */
export async function digestRows(db: Executor, table: TableInfo): Promise<TableDigest> {
  const [digest] = await db.query<TableDigest>({
    name: 'transfer.digest',
    text: `SELECT count(*) AS rows, coalesce(sum(hashtextextended(ROW(${columnList(table)})::text, 0)::numeric), 0)::text AS digest
      FROM ${identifier(table.name)}`,
  });
  return digest ?? { rows: 0, digest: '0' };
}

/** To the end of the transaction. */
export async function useDigestSettings(tx: Executor): Promise<void> {
  const text = `SET LOCAL TimeZone = 'UTC'; SET LOCAL DateStyle = 'ISO, YMD'; SET LOCAL IntervalStyle = 'postgres';
    SET LOCAL bytea_output = 'hex'; SET LOCAL extra_float_digits = 1`;
  await tx.query({ name: 'transfer.digestSettings', text });
}

/** For the planner, and so that indexes can answer alone. */
export async function vacuum(db: Executor): Promise<void> {
  await db.query({ name: 'transfer.vacuum', text: 'VACUUM (ANALYZE)' });
}

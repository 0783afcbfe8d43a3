import type { Executor } from '../engine/executor.js';
import {
  copyPagesOut,
  copyRowsIn,
  getTableSize,
  lockTables,
  switchTriggers,
  type TableSize,
} from './rows.js';
import { addReference, dropReference, listReferences, type TableInfo } from './tables.js';

/** About how much is held at a time. */
const bytesAtATime = 4 * 2 ** 20;

export interface CopyTablesOptions {
  /** Nobody changes it meanwhile. */
  readonly source: Executor;
  /** A transaction; the tables are there. */
  readonly target: Executor;
  readonly tables: readonly TableInfo[];
  /** Rejects if the tables have rows; called when nobody else can write to them any more. */
  readonly requireEmpty: () => Promise<void>;
  /** Called after each piece with how many rows it had. */
  readonly onRows: (table: TableInfo, rows: number) => void;
  readonly signal: AbortSignal;
}

/**
 * Copies every row as it is. Triggers don't run, for what they write is copied; foreign keys are taken off, and checked
 * as a whole when they are put back.
 */
export async function copyTables(options: CopyTablesOptions): Promise<void> {
  const { target, tables, signal } = options;
  await lockTables(target, tables);
  await options.requireEmpty();
  const references = await listReferences(target);
  for (const reference of references) await dropReference(target, reference);
  for (const table of tables) {
    await switchTriggers(target, table, 'DISABLE');
    await copyTable(options, table);
    await switchTriggers(target, table, 'ENABLE');
  }
  for (const reference of references) {
    signal.throwIfAborted();
    await addReference(target, reference);
  }
}

async function copyTable(
  { source, target, onRows, signal }: CopyTablesOptions,
  table: TableInfo,
): Promise<void> {
  const size = await getTableSize(source, table);
  const step = pagesAtATime(size);
  for (let page = 0; page < size.pages; page += step) {
    signal.throwIfAborted();
    const text = await copyPagesOut(source, table, page, page + step);
    if (text.length === 0) continue;
    await copyRowsIn(target, table, text);
    onRows(table, countLines(text));
  }
}

const pagesAtATime = ({ pages, bytes }: TableSize): number =>
  Math.max(1, Math.floor((bytesAtATime * pages) / Math.max(bytes, 1)));

const newline = 0x0a;

/** A line end within a value is written as two characters, so each line is a row. */
function countLines(text: Buffer): number {
  let lines = 0;
  for (let at = text.indexOf(newline); at !== -1; at = text.indexOf(newline, at + 1)) lines++;
  return lines;
}

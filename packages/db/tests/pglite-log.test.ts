import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Database, Executor } from '@latchkey/db/engine/executor';
import { openPglite } from '@latchkey/db/engine/pglite';
import { expect, it } from 'vitest';
import { killChild, linesOf, startChild, useDataDirectory } from './children.js';

const directory = useDataDirectory();
const megabyte = 2 ** 20;
/** The distance of two checkpoints and what is written until the log is looked at; not the size of what is written. */
const bound = 320 * megabyte;
/** 8 MB. */
const batch = Array.from({ length: 4_400 }, (_, id) => `${id}\t${'x'.repeat(1_900)}\n`).join('');

async function logBytes(): Promise<number> {
  const folder = path.join(directory.dataDir, 'pg_wal');
  const files = await readdir(folder, { withFileTypes: true });
  const sizes = await Promise.all(
    files.filter((file) => file.isFile()).map((file) => stat(path.join(folder, file.name))),
  );
  return sizes.reduce((sum, { size }) => sum + size, 0);
}

async function position(db: Executor): Promise<number> {
  const text = `SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::float8 AS bytes`;
  const [row] = await db.query<{ bytes: number }>({ name: 'log.position', text });
  return row?.bytes ?? 0;
}

/** Answers the largest size that the log had. */
async function copyBatches(db: Executor, count: number): Promise<number> {
  let largest = 0;
  for (let index = 0; index < count; index++) {
    await db.copy({ name: 'rows.copy', table: 'rows', columns: ['id', 'filler'], text: batch });
    largest = Math.max(largest, await logBytes());
  }
  return largest;
}

async function withTable(work: (db: Database) => Promise<void>): Promise<void> {
  const db = await openPglite({ dataDir: directory.dataDir });
  await db.query({ name: 'rows.create', text: 'CREATE TABLE rows (id int, filler text)' });
  await work(db);
  await db.close();
}

it('keeps the log bounded while much more than its bound is committed', async () => {
  await withTable(async (db) => {
    const before = await position(db);
    expect(await copyBatches(db, 50)).toBeLessThan(bound);
    expect((await position(db)) - before).toBeGreaterThan(400 * megabyte);
    await db.maintain();
    expect(await logBytes()).toBeLessThan(bound);
  });
}, 120_000);

it('keeps the log bounded within one transaction', async () => {
  await withTable(async (db) => {
    const before = await position(db);
    expect(await db.transaction((tx) => copyBatches(tx, 50))).toBeLessThan(bound);
    expect((await position(db)) - before).toBeGreaterThan(400 * megabyte);
    const [row] = await db.query<{ rows: number }>({
      name: 'rows.count',
      text: 'SELECT count(*) AS rows FROM rows',
    });
    expect(row?.rows).toBe(50 * 4_400);
  });
}, 120_000);

it('rolls a transaction back whose log was checkpointed in the middle, also by a kill', async () => {
  const child = startChild('long-transaction.mjs', [directory.dataDir, '45']);
  let copied = 0;
  for await (const line of linesOf(child)) {
    copied = Number(line);
    if (copied === 40) break;
  }
  await killChild(child);
  const db = await openPglite({ dataDir: directory.dataDir });
  expect(await db.query({ name: 'rows.count', text: 'SELECT count(*) AS rows FROM rows' })).toEqual([
    { rows: 0 },
  ]);
  await db.close();
}, 120_000);

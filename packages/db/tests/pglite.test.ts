import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { openPglite } from '@latchkey/db/engine/pglite';
import { describe, expect, it } from 'vitest';
import { linesOf, startChild, useDataDirectory } from './children.js';

const directory = useDataDirectory();

describe('a PGlite directory', () => {
  it('keeps committed rows over a restart and leaves no lock behind', async () => {
    const first = await openPglite({ dataDir: directory.dataDir });
    await first.query({ name: 'create', text: 'CREATE TABLE kept AS SELECT 7 AS value' });
    await first.close();
    expect(await readdir(directory.root)).toEqual(['db']);
    const second = await openPglite({ dataDir: directory.dataDir });
    expect(await second.query({ name: 'read', text: 'SELECT value FROM kept' })).toEqual([{ value: 7 }]);
    await second.close();
  });

  it('runs with fsync, and has pg_trgm', async () => {
    const db = await openPglite({ dataDir: directory.dataDir });
    const [settings] = await db.query({
      name: 'settings',
      text: `SELECT current_setting('fsync') AS fsync, current_setting('wal_sync_method') AS method`,
    });
    expect(settings).toEqual({ fsync: 'on', method: 'fsync' });
    await db.query({ name: 'trigrams', text: 'CREATE EXTENSION pg_trgm' });
    expect(await db.query({ name: 'similar', text: `SELECT similarity('latch', 'latch')` })).toEqual([
      { similarity: 1 },
    ]);
    await db.close();
  });

  it('has every acknowledged batch, whole, after kills in the middle of commits', async () => {
    let acknowledged = -1;
    for (let round = 0; round < 4; round++) {
      const child = startChild('insert-batches.mjs', [directory.dataDir]);
      const exited = once(child, 'exit');
      let received = 0;
      for await (const line of linesOf(child)) {
        acknowledged = Number(line);
        received++;
        if (received === 15 + round * 7) child.kill('SIGKILL');
      }
      await exited;
      const db = await openPglite({ dataDir: directory.dataDir });
      const [whole] = await db.query<{ batches: number; rows: number; last: number }>({
        name: 'batches',
        text: 'SELECT count(DISTINCT batch) AS batches, count(*) AS rows, max(batch) AS last FROM batches',
      });
      await db.close();
      expect(whole?.last).toBeGreaterThanOrEqual(acknowledged);
      expect(whole).toEqual({
        batches: (whole?.last ?? 0) + 1,
        rows: ((whole?.last ?? 0) + 1) * 100,
        last: whole?.last,
      });
    }
    expect(acknowledged).toBeGreaterThan(60);
  }, 120_000);
});

describe('the PGlite session', () => {
  it('serves waiting callers in the order of their calls', async () => {
    const db = await openPglite({ memory: true });
    const order: number[] = [];
    const note = (turn: number) => () => order.push(turn);
    await Promise.all([
      db.transaction((tx) => tx.query({ name: 'one', text: 'SELECT pg_sleep(0.02)' })).then(note(1)),
      db.query({ name: 'two', text: 'SELECT 1' }).then(note(2)),
      db.transaction((tx) => tx.query({ name: 'three', text: 'SELECT 1' })).then(note(3)),
      db.query({ name: 'four', text: 'SELECT 1' }).then(note(4)),
    ]);
    expect(order).toEqual([1, 2, 3, 4]);
    await db.close();
  });

  it('never starts a statement whose signal is aborted while another one runs', async () => {
    const db = await openPglite({ memory: true });
    await db.query({ name: 'create', text: 'CREATE TABLE t (a int)' });
    const running = db.transaction((tx) => tx.query({ name: 'slow', text: 'SELECT pg_sleep(0.1)' }));
    const controller = new AbortController();
    const text = 'INSERT INTO t VALUES (1)';
    const waiting = db.query({ name: 'waiting', text, signal: controller.signal });
    controller.abort(new Error('client left'));
    await expect(waiting).rejects.toThrow('client left');
    await running;
    expect(await db.query({ name: 'read', text: 'SELECT a FROM t' })).toEqual([]);
    await db.close();
  });

  it('finishes a running statement whose signal is aborted, and says that it has', async () => {
    const db = await openPglite({ memory: true });
    await db.query({ name: 'create', text: 'CREATE TABLE t (a int)' });
    const controller = new AbortController();
    const rows = await db.transaction(async (tx) => {
      const text = 'INSERT INTO t SELECT 1 FROM pg_sleep(0.1) RETURNING a';
      const inserting = tx.query({ name: 'insert', text, signal: controller.signal });
      setImmediate(() => controller.abort(new Error('client left')));
      return inserting;
    });
    expect(controller.signal.aborted).toBe(true);
    expect(rows).toEqual([{ a: 1 }]);
    expect(await db.query({ name: 'read', text: 'SELECT a FROM t' })).toEqual([{ a: 1 }]);
    await db.close();
  });

  it('does not start the next statement of a transaction after the abort, and rolls it back', async () => {
    const db = await openPglite({ memory: true });
    await db.query({ name: 'create', text: 'CREATE TABLE t (a int)' });
    const controller = new AbortController();
    const { signal } = controller;
    const work = db.transaction(async (tx) => {
      await tx.query({ name: 'first', text: 'INSERT INTO t VALUES (1)', signal });
      controller.abort(new Error('client left'));
      await tx.query({ name: 'second', text: 'INSERT INTO t VALUES (2)', signal });
    });
    await expect(work).rejects.toThrow('client left');
    expect(await db.query({ name: 'read', text: 'SELECT a FROM t' })).toEqual([]);
    await db.close();
  });

  it('rejects everything with engine_stopped when the engine dies', async () => {
    const db = await openPglite({ memory: true });
    // The one statement that is known to end a PGlite instance.
    await db.query({ name: 'create', text: 'CREATE TABLE t (a int)' });
    const outcomes = await Promise.allSettled([
      db.transaction((tx) => tx.query({ name: 'fatal', text: 'COPY t FROM STDIN' })),
      db.query({ name: 'waiting', text: 'SELECT 1' }),
      db.copy({ name: 'copying', table: 't', columns: ['a'], text: '1\n' }),
    ]);
    for (const outcome of outcomes) {
      expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'engine_stopped' } });
    }
    await expect(db.query({ name: 'late', text: 'SELECT 1' })).rejects.toMatchObject({
      code: 'engine_stopped',
    });
    await db.close();
  });
});

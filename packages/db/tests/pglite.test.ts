import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { openPglite } from '@latchkey/db/engine/pglite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

let root: string;
let dataDir: string;

beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'latchkey-pglite-'));
  dataDir = path.join(root, 'db');
});

afterEach(() => rm(root, { recursive: true, force: true }));

function start(script: string): ChildProcess {
  const file = fileURLToPath(new URL(`./children/${script}`, import.meta.url));
  return spawn(process.execPath, [file, dataDir], { stdio: ['pipe', 'pipe', 'inherit'] });
}

function linesOf(child: ChildProcess): AsyncIterable<string> {
  if (child.stdout === null) throw new Error('The child has no output.');
  return createInterface({ input: child.stdout });
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}

describe('a PGlite directory', () => {
  it('keeps committed rows over a restart and leaves no lock behind', async () => {
    const first = await openPglite({ dataDir });
    await first.query({ name: 'create', text: 'CREATE TABLE kept AS SELECT 7 AS value' });
    await first.close();
    expect(await readdir(root)).toEqual(['db']);
    const second = await openPglite({ dataDir });
    expect(await second.query({ name: 'read', text: 'SELECT value FROM kept' })).toEqual([{ value: 7 }]);
    await second.close();
  });

  it('runs with fsync, and has pg_trgm', async () => {
    const db = await openPglite({ dataDir });
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

  it('is refused to a second opener, in this process and in another', async () => {
    const child = start('open-database.mjs');
    for await (const line of linesOf(child)) if (line === 'open') break;
    const refused = await openPglite({ dataDir }).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 'directory_in_use' });
    expect(String(refused)).toContain(`in use by process ${child.pid}`);
    child.stdin?.end();
    await once(child, 'exit');
    const db = await openPglite({ dataDir });
    await expect(openPglite({ dataDir })).rejects.toMatchObject({ code: 'directory_in_use' });
    await db.close();
  });

  it('is refused when it holds other files or another major version', async () => {
    await mkdir(dataDir);
    await writeFile(path.join(dataDir, 'thesis.txt'), 'precious');
    await expect(openPglite({ dataDir })).rejects.toMatchObject({ code: 'directory_invalid' });
    expect(await readFile(path.join(dataDir, 'thesis.txt'), 'utf8')).toBe('precious');
    await writeFile(path.join(dataDir, 'PG_VERSION'), '16\n');
    await expect(openPglite({ dataDir })).rejects.toThrow('PostgreSQL 16');
    expect(existsSync(`${dataDir}.lock`)).toBe(false);
  });

  it('has every acknowledged batch, whole, after kills in the middle of commits', async () => {
    let acknowledged = -1;
    for (let round = 0; round < 4; round++) {
      const child = start('insert-batches.mjs');
      const exited = once(child, 'exit');
      let received = 0;
      for await (const line of linesOf(child)) {
        acknowledged = Number(line);
        received++;
        if (received === 15 + round * 7) child.kill('SIGKILL');
      }
      await exited;
      const db = await openPglite({ dataDir });
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

  it('opens after kills at any moment of the very first start', async () => {
    for (const wait of [0, 60, 200, 400, 700, 1000]) {
      const child = start('open-database.mjs');
      await expect.poll(() => existsSync(`${dataDir}.lock`), { timeout: 20_000, interval: 2 }).toBe(true);
      await delay(wait);
      await kill(child);
      const db = await openPglite({ dataDir });
      expect(await db.query({ name: 'probe', text: 'SELECT 1 AS one' })).toEqual([{ one: 1 }]);
      await db.close();
      expect(await readdir(root)).toEqual(['db']);
      await rm(dataDir, { recursive: true });
    }
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

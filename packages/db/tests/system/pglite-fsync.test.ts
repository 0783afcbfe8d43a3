import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { openPglite } from '@latchkey/db/engine/pglite';
import { beforeEach, describe, expect, it } from 'vitest';
import { startChild, useDataDirectory } from '../children.js';

const directory = useDataDirectory();
const commits = 20;

/** Runs a child script under strace; answers its fsync and write calls in order, each with the path of its file. */
async function traced(script: string, args: readonly string[]): Promise<string[]> {
  const trace = path.join(directory.root, 'trace');
  const under = ['strace', '-f', '-y', '-qq', '-e', 'trace=fsync,fdatasync,write,rename', '-o', trace];
  const child = startChild(script, [directory.dataDir, ...args], { under });
  child.stdout?.resume();
  const [code] = await once(child, 'exit');
  expect(code).toBe(0);
  return (await readFile(trace, 'utf8')).split('\n');
}

function isFsyncOf(line: string, file: RegExp): boolean {
  const target = /\bf(?:data)?sync\(\d+<([^>]*)>/.exec(line)?.[1];
  return target !== undefined && file.test(target);
}

describe('the embedded database under strace', () => {
  beforeEach(async () => {
    const db = await openPglite({ dataDir: directory.dataDir });
    await db.close();
  });

  it('has its log on the disk before it says that a transaction is committed', async () => {
    const lines = await traced('commit-rows.mjs', [String(commits)]);
    let synced = 0;
    const syncedBefore: number[] = [];
    for (const line of lines) {
      if (isFsyncOf(line, /\/db\/pg_wal\/[0-9A-F]{24}$/)) synced++;
      if (!line.includes('"committed ')) continue;
      syncedBefore.push(synced);
      synced = 0;
    }
    expect(syncedBefore).toHaveLength(commits);
    expect(Math.min(...syncedBefore)).toBeGreaterThan(0);
  });

  it('has its tables and then its control file on the disk when it is closed', async () => {
    const lines = await traced('commit-rows.mjs', ['1']);
    const closing = lines.slice(lines.findIndex((line) => line.includes('"committed 0')));
    const table = closing.findIndex((line) => isFsyncOf(line, /\/db\/base\/5\/\d+$/));
    const control = closing.findLastIndex((line) => isFsyncOf(line, /\/db\/global\/pg_control$/));
    expect(table).toBeGreaterThan(0);
    expect(control).toBeGreaterThan(table);
  });

  it('has the entry of each new log file on the disk', async () => {
    const lines = await traced('import-rows.mjs', ['20']);
    const renamed = lines.filter((line) => /\brename\(.*\/db\/pg_wal\/[0-9A-F]{24}"/.test(line)).length;
    const synced = lines.filter((line) => isFsyncOf(line, /\/db\/pg_wal$/)).length;
    expect(renamed).toBeGreaterThan(1);
    expect(synced).toBeGreaterThanOrEqual(renamed);
  });
});

it('has a new database on the disk before it gets its name', async () => {
  const lines = await traced('commit-rows.mjs', ['1']);
  const named = lines.findIndex((line) => /\brename\(.*\.initializing", .*\/db"/.test(line));
  const made = lines.slice(0, named);
  for (const file of ['PG_VERSION', 'global/pg_control', 'base/5/1259', 'pg_wal', '']) {
    const target = new RegExp(`/db\\.initializing${file === '' ? '' : `/${file}`}$`);
    expect(
      made.some((line) => isFsyncOf(line, target)),
      file,
    ).toBe(true);
  }
  const parent = new RegExp(`^${directory.root}$`);
  expect(lines.slice(named).some((line) => isFsyncOf(line, parent))).toBe(true);
});

import { existsSync, readdirSync, statSync } from 'node:fs';
import { readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { openPglite } from '@latchkey/db/engine/pglite';
import { expect, it } from 'vitest';
import { killChild, startChild, useDataDirectory } from './children.js';

const directory = useDataDirectory();

function bytesIn(root: string): number {
  try {
    return readdirSync(root, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .reduce((sum, entry) => sum + statSync(path.join(entry.parentPath, entry.name)).size, 0);
  } catch {
    // A file or the directory was renamed or removed while it was read.
    return 0;
  }
}

const unfinished = (): string => `${directory.dataDir}.initializing`;

/** From the first trace of a start to the moment when it serves. */
const moments: readonly [string, () => boolean][] = [
  ['its lock is taken', () => existsSync(`${directory.dataDir}.lock`)],
  ['the unfinished directory exists', () => existsSync(unfinished())],
  ['its first files are written', () => bytesIn(unfinished()) > 0],
  ['the template is unpacked by half', () => bytesIn(unfinished()) > 16 << 20],
  ['the template is unpacked', () => bytesIn(unfinished()) > 38 << 20],
  ['the engine runs in it', () => existsSync(path.join(unfinished(), 'postmaster.pid'))],
  ['the directory has its name', () => existsSync(directory.dataDir)],
  ['the engine runs in the directory', () => existsSync(path.join(directory.dataDir, 'postmaster.pid'))],
];

/** Tells whether the start was over before its moment was seen: that is a kill as well, and to be survived. */
function watchServing(child: ReturnType<typeof startChild>): () => boolean {
  let served = false;
  child.stdout?.on('data', () => {
    served = true;
  });
  return () => served;
}

it.each(moments)('opens after a kill in the very first start when %s', async (_moment, reached) => {
  const { dataDir, root } = directory;
  const child = startChild('open-database.mjs', [dataDir]);
  const hasServed = watchServing(child);
  await expect.poll(() => reached() || hasServed(), { timeout: 20_000, interval: 1 }).toBe(true);
  await killChild(child);
  const db = await openPglite({ dataDir });
  await db.query({ name: 'write', text: 'CREATE TABLE first AS SELECT 1 AS one' });
  expect(await db.query({ name: 'read', text: 'SELECT one FROM first' })).toEqual([{ one: 1 }]);
  await db.close();
  expect(await readdir(root)).toEqual(['db']);
});

it.each(['', '-4', 'torn'])(
  'opens after a kill that left %j in the lock file of the engine',
  async (content) => {
    const { dataDir, root } = directory;
    const first = await openPglite({ dataDir });
    await first.close();
    await writeFile(path.join(dataDir, 'postmaster.pid'), content);
    const db = await openPglite({ dataDir });
    expect(await db.query({ name: 'probe', text: 'SELECT 1 AS one' })).toEqual([{ one: 1 }]);
    await db.close();
    expect(await readdir(root)).toEqual(['db']);
  },
);

it('opens after one start after another was killed, each a little later', async () => {
  const { dataDir, root } = directory;
  for (const bytes of [0, 1 << 20, 8 << 20, 24 << 20, 36 << 20]) {
    const child = startChild('open-database.mjs', [dataDir]);
    const hasServed = watchServing(child);
    const reached = () => bytesIn(unfinished()) > bytes;
    await expect.poll(() => reached() || hasServed(), { timeout: 20_000, interval: 1 }).toBe(true);
    await killChild(child);
  }
  const db = await openPglite({ dataDir });
  expect(await db.query({ name: 'probe', text: 'SELECT 1 AS one' })).toEqual([{ one: 1 }]);
  await db.close();
  expect(await readdir(root)).toEqual(['db']);
});

import { readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { openPglite } from '@latchkey/db/engine/pglite';
import { expect, it } from 'vitest';
import { endChild, killChild, startChild, untilPrinted, useDataDirectory } from './children.js';

const directory = useDataDirectory();

async function refusal(dataDir: string): Promise<unknown> {
  return openPglite({ dataDir }).then(
    () => 'opened',
    (error: unknown) => error,
  );
}

async function expectOpens(dataDir: string): Promise<void> {
  const db = await openPglite({ dataDir });
  expect(await db.query({ name: 'probe', text: 'SELECT 1 AS one' })).toEqual([{ one: 1 }]);
  await db.close();
}

it('refuses a directory that another process has open, and says which and what to do', async () => {
  const { dataDir } = directory;
  const child = startChild('open-database.mjs', [dataDir]);
  await untilPrinted(child, 'open');
  const refused = await refusal(dataDir);
  expect(refused).toMatchObject({ name: 'DatabaseError', code: 'directory_in_use' });
  expect(String(refused)).toContain(`in use by process ${child.pid}`);
  expect(String(refused)).toContain('DATABASE_URL');
  expect(await endChild(child)).toBe(0);
  await expectOpens(dataDir);
});

it('is refused in another process while this one has it open, with the same message', async () => {
  const { dataDir, root } = directory;
  const db = await openPglite({ dataDir });
  const child = startChild('try-database.mjs', [dataDir]);
  await untilPrinted(child, 'directory_in_use');
  await endChild(child);
  expect(await db.query({ name: 'probe', text: 'SELECT 1 AS one' })).toEqual([{ one: 1 }]);
  await db.close();
  expect(await readdir(root)).toEqual(['db']);
});

it('refuses a second opener in the same process', async () => {
  const db = await openPglite({ dataDir: directory.dataDir });
  expect(await refusal(directory.dataDir)).toMatchObject({ code: 'directory_in_use' });
  await db.close();
});

it('refuses a second opener that comes by a symbolic link or by another spelling', async () => {
  const { dataDir, root } = directory;
  const db = await openPglite({ dataDir });
  await symlink(dataDir, path.join(root, 'link'));
  await symlink(root, path.join(root, 'above'));
  const spellings = ['link', 'above/db', 'other/../db', 'db/'].map((name) => `${root}/${name}`);
  for (const spelling of spellings) {
    expect(await refusal(spelling), spelling).toMatchObject({ code: 'directory_in_use' });
  }
  await db.close();
  await expectOpens(path.join(root, 'link'));
});

it('opens at once after its owner was killed', async () => {
  const { dataDir, root } = directory;
  const child = startChild('open-database.mjs', [dataDir]);
  await untilPrinted(child, 'open');
  await killChild(child);
  expect(await readdir(root)).toEqual(['db', 'db.lock']);
  await expectOpens(dataDir);
  expect(await readdir(root)).toEqual(['db']);
});

it('opens when the pid in a stale lock belongs to another living process by now', async () => {
  const { dataDir } = directory;
  const holder = startChild('open-database.mjs', [dataDir]);
  await untilPrinted(holder, 'open');
  const lock = JSON.parse(await readFile(`${dataDir}.lock`, 'utf8'));
  await killChild(holder);
  const stranger = startChild('open-database.mjs', [path.join(directory.root, 'another')]);
  await untilPrinted(stranger, 'open');
  await writeFile(`${dataDir}.lock`, JSON.stringify({ ...lock, pid: stranger.pid }));
  await expectOpens(dataDir);
  await endChild(stranger);
});

it('lets exactly one of several processes that start together have the directory', async () => {
  const { dataDir } = directory;
  const children = Array.from({ length: 4 }, () => startChild('try-database.mjs', [dataDir]));
  const outcomes = await Promise.all(
    children.map(async (child) => {
      const chunks: Buffer[] = [];
      for await (const chunk of child.stdout ?? []) {
        chunks.push(chunk);
        if (String(chunk).includes('open')) await othersRefused(children, child);
      }
      return Buffer.concat(chunks).toString().trim();
    }),
  );
  expect(outcomes.sort()).toEqual(['directory_in_use', 'directory_in_use', 'directory_in_use', 'open']);
});

/** The winner keeps the directory until all the others have given up. */
async function othersRefused(
  children: readonly ReturnType<typeof startChild>[],
  winner: ReturnType<typeof startChild>,
): Promise<void> {
  const others = children.filter((child) => child !== winner);
  await expect.poll(() => others.every((child) => child.exitCode !== null), { timeout: 20_000 }).toBe(true);
  winner.stdin?.end();
}

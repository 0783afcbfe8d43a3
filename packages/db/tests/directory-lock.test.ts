import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type DirectoryLock, lockDirectory } from '@latchkey/db/engine/directory-lock';
import { thisProcess } from '@latchkey/db/engine/process-identity';
import { afterEach, beforeEach, expect, it } from 'vitest';

let root: string;
let directory: string;
let lockPath: string;

beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'latchkey-lock-'));
  directory = path.join(root, 'deep', 'db');
  lockPath = `${directory}.lock`;
  await (await lockDirectory(directory)).release();
});

afterEach(() => rm(root, { recursive: true, force: true }));

async function expectTakeover(): Promise<void> {
  const lock = await lockDirectory(directory);
  expect(JSON.parse(await readFile(lockPath, 'utf8'))).toEqual(await thisProcess());
  await lock.release();
  expect(await readdir(path.dirname(directory))).toEqual([]);
}

it('names the owner and what to do when the lock is held', async () => {
  const lock = await lockDirectory(directory);
  const refused = await lockDirectory(directory).catch((error: unknown) => String(error));
  expect(refused).toContain(`in use by process ${process.pid}`);
  expect(refused).toContain('DATABASE_URL');
  expect(refused).toContain(lockPath);
  await lock.release();
});

it('takes over the lock of a process whose pid now belongs to another', async () => {
  await writeFile(lockPath, JSON.stringify({ ...(await thisProcess()), started: '1' }));
  await expectTakeover();
});

it('takes over a lock whose creator died before it wrote its content', async () => {
  await writeFile(lockPath, '');
  await expectTakeover();
});

it('takes over an old lock of another container or boot', async () => {
  await writeFile(lockPath, JSON.stringify({ ...(await thisProcess()), namespace: 'elsewhere' }));
  await utimes(lockPath, 0, 0);
  await expectTakeover();
});

it('respects the lock of another container as long as its owner touches it', async () => {
  await writeFile(lockPath, JSON.stringify({ ...(await thisProcess()), namespace: 'elsewhere' }));
  const touching = setInterval(() => void utimes(lockPath, new Date(), new Date()), 20);
  await expect(lockDirectory(directory)).rejects.toMatchObject({ code: 'directory_in_use' });
  clearInterval(touching);
});

it('lets exactly one of many take over a stale lock', async () => {
  for (let round = 0; round < 10; round++) {
    await writeFile(lockPath, JSON.stringify({ ...(await thisProcess()), started: '1' }));
    const attempts = Array.from({ length: 12 }, () => lockDirectory(directory));
    const outcomes = await Promise.allSettled(attempts);
    const won = outcomes.filter((outcome) => outcome.status === 'fulfilled');
    expect(won).toHaveLength(1);
    await Promise.all(won.map(({ value }: { value: DirectoryLock }) => value.release()));
  }
});

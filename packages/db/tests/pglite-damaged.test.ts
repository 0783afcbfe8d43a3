import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { openPglite } from '@latchkey/db/engine/pglite';
import { describe, expect, it } from 'vitest';
import { useDataDirectory } from './children.js';

const directory = useDataDirectory();
const inside = (name: string): string => path.join(directory.dataDir, name);

async function refusal(): Promise<{ message: string }> {
  const outcome = await openPglite({ dataDir: directory.dataDir }).catch((error: unknown) => error);
  expect(outcome).toMatchObject({ name: 'DatabaseError', code: 'directory_invalid' });
  return outcome as { message: string };
}

describe('a data directory that is no database of this version', () => {
  it('is refused when it holds other files, and keeps them', async () => {
    await mkdir(directory.dataDir);
    await writeFile(inside('thesis.txt'), 'precious');
    expect((await refusal()).message).toContain('holds files but no database');
    expect(await readFile(inside('thesis.txt'), 'utf8')).toBe('precious');
  });

  it('is refused with both versions named when another PostgreSQL made it', async () => {
    await mkdir(directory.dataDir);
    await writeFile(inside('PG_VERSION'), '16\n');
    expect((await refusal()).message).toMatch(/made by PostgreSQL 16, .* embeds PostgreSQL 18\. Start/);
  });

  it('is refused when it is a file', async () => {
    await writeFile(directory.dataDir, 'not a directory');
    expect((await refusal()).message).toContain('is a file');
  });

  it.each(['', '\0\0\0\0'])('is refused when its version is %j, without quoting it', async (version) => {
    await mkdir(directory.dataDir);
    await writeFile(inside('PG_VERSION'), version);
    expect((await refusal()).message).toContain('PG_VERSION holds no version');
  });
});

const damages: readonly [string, () => Promise<void>][] = [
  ['control file is missing', () => rm(inside('global/pg_control'))],
  ['control file is cut short', () => truncate(inside('global/pg_control'), 100)],
  ['control file holds zeros', () => writeFile(inside('global/pg_control'), Buffer.alloc(8192))],
  ['log is missing', () => rm(inside('pg_wal'), { recursive: true })],
  ['tables are missing', () => rm(inside('base'), { recursive: true })],
];

describe('a damaged data directory', () => {
  it.each(damages)('is refused with what to do when its %s', async (_damage, damage) => {
    const db = await openPglite({ dataDir: directory.dataDir });
    await db.close();
    await damage();
    const { message } = await refusal();
    expect(message).toContain(`The database in ${directory.dataDir} could not be opened`);
    expect(message).toContain('restore the directory from a backup');
    expect(existsSync(`${directory.dataDir}.lock`)).toBe(false);
  });
});

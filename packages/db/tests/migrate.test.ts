import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Database } from '@latchkey/db/engine/executor';
import { openDatabase } from '@latchkey/db/engine/open-database';
import { migrate } from '@latchkey/db/migrate/migrate';
import { createTestDatabase, type TestDatabase } from '@latchkey/db/testing/test-database';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { engines } from './engines.js';

const first = { '0001-first.sql': 'CREATE TABLE first (id int);\nINSERT INTO first VALUES (1);\n' };
const second = { '0002-second.sql': 'CREATE TABLE second (id int);\n' };
const breaking = { '0003-rename.sql': '--! breaking\nALTER TABLE first RENAME TO primary_things;\n' };

describe.each(engines)('migrate on $engine', (options) => {
  let database: TestDatabase;
  let root: string;

  beforeEach(async () => {
    root = await mkdtemp(path.join(tmpdir(), 'latchkey-migrations-'));
    database = await createTestDatabase(options);
  });

  afterEach(async () => {
    await database.drop();
    await rm(root, { recursive: true, force: true });
  });

  async function directory(files: Record<string, string>): Promise<string> {
    const made = await mkdtemp(path.join(root, 'set-'));
    await Promise.all(Object.entries(files).map(([name, text]) => writeFile(path.join(made, name), text)));
    return made;
  }

  it('applies what is missing, in order, and records it', async () => {
    const { db } = database;
    expect(await migrate(db, await directory(first))).toEqual({ applied: ['0001-first'] });
    const all = await directory({ ...breaking, ...second, ...first });
    expect(await migrate(db, all)).toEqual({ applied: ['0002-second', '0003-rename'] });
    expect(await migrate(db, all)).toEqual({ applied: [] });
    const rows = await db.query({
      name: 'recorded',
      text: 'SELECT version, name, length(checksum) AS length, applied_at <= now() AS past FROM schema_migrations ORDER BY version',
    });
    expect(rows).toEqual([
      { version: 1, name: '0001-first', length: 64, past: true },
      { version: 2, name: '0002-second', length: 64, past: true },
      { version: 3, name: '0003-rename', length: 64, past: true },
    ]);
  });

  it('leaves nothing of a migration that fails, and keeps the ones before it', async () => {
    const { db } = database;
    const broken = { '0002-broken.sql': 'CREATE TABLE half (id int);\nSELECT nonsense();\n' };
    const work = migrate(db, await directory({ ...first, ...broken }));
    await expect(work).rejects.toMatchObject({ statement: 'migrations.0002-broken', sqlState: '42883' });
    expect(await db.query({ name: 'half', text: `SELECT to_regclass('half')::text AS half` })).toEqual([
      { half: null },
    ]);
    expect(await migrate(db, await directory({ ...first, ...second }))).toEqual({ applied: ['0002-second'] });
  });

  it('runs each migration once when twenty processes start together', async () => {
    const files = await directory({ ...first, ...second, ...breaking });
    const { url } = database;
    const databases: Database[] =
      url === undefined
        ? Array.from({ length: 20 }, () => database.db)
        : await Promise.all(
            Array.from({ length: 20 }, () => openDatabase({ databaseUrl: url, maxConnections: 1 })),
          );
    const results = await Promise.all(databases.map((db) => migrate(db, files)));
    const applied = results.flatMap((result) => result.applied).sort();
    expect(applied).toEqual(['0001-first', '0002-second', '0003-rename']);
    if (url !== undefined) await Promise.all(databases.map((db) => db.close()));
  });

  it('accepts a database with a newer compatible migration', async () => {
    await migrate(database.db, await directory({ ...first, ...second }));
    expect(await migrate(database.db, await directory(first))).toEqual({ applied: [] });
  });

  it('refuses a database with a newer breaking migration', async () => {
    await migrate(database.db, await directory({ ...first, ...second, ...breaking }));
    const work = migrate(database.db, await directory({ ...first, ...second }));
    await expect(work).rejects.toMatchObject({ code: 'migration_refused' });
    await expect(work).rejects.toThrow('0003-rename');
  });

  it('refuses an applied migration that was changed, but not for its line ends', async () => {
    const [name, text] = Object.entries(first)[0] ?? ['', ''];
    await migrate(database.db, await directory(first));
    const crlf = await directory({ [name]: text.replaceAll('\n', '\r\n') });
    expect(await migrate(database.db, crlf)).toEqual({ applied: [] });
    const changed = migrate(database.db, await directory({ [name]: `${text}-- more` }));
    await expect(changed).rejects.toThrow('0001-first differs');
  });

  it('refuses a wrong file name and two migrations with one number', async () => {
    const misnamed = migrate(database.db, await directory({ '1-First.sql': 'SELECT 1' }));
    await expect(misnamed).rejects.toThrow('1-First.sql is no name of a migration');
    const twice = migrate(database.db, await directory({ ...first, '0001-other.sql': 'SELECT 1' }));
    await expect(twice).rejects.toMatchObject({ code: 'migration_refused' });
  });

  it('brings an empty database to the schema of this version', async () => {
    const { applied } = await migrate(database.db);
    expect(applied[0]).toBe('0001-foundation');
    expect(await migrate(database.db)).toEqual({ applied: [] });
  });
});

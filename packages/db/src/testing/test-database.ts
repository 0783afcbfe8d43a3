import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import type { Database, Engine } from '../engine/executor.js';
import { openDatabase } from '../engine/open-database.js';

export interface TestDatabaseOptions {
  readonly engine: Engine;
  /** URL of a PostgreSQL role that may create databases; needed for `postgres`. */
  readonly adminUrl?: string | undefined;
  /** PGlite: on disk, so that it can be closed and opened again. In memory otherwise. */
  readonly onDisk?: boolean;
  readonly maxConnections?: number;
}

export interface TestDatabase {
  readonly db: Database;
  /** PostgreSQL: the URL of this database. */
  readonly url?: string;
  /** PGlite on disk. */
  readonly dataDir?: string;
  /** Closes the database and removes every trace of it. */
  drop(): Promise<void>;
}

interface TestEnvironment {
  readonly TEST_DATABASE?: string | undefined;
  readonly TEST_DATABASE_URL?: string | undefined;
}

/** The engine that `TEST_DATABASE` asks for; PGlite when it is not set. */
export function testDatabaseOptions(env: TestEnvironment): TestDatabaseOptions {
  const engine = env.TEST_DATABASE ?? 'pglite';
  if (engine !== 'pglite' && engine !== 'postgres') {
    throw new Error(`TEST_DATABASE is "${engine}"; it must be "pglite" or "postgres".`);
  }
  if (engine === 'postgres' && !env.TEST_DATABASE_URL) {
    throw new Error(
      'TEST_DATABASE=postgres needs TEST_DATABASE_URL, the URL of a PostgreSQL role that may create databases.',
    );
  }
  return { engine, adminUrl: env.TEST_DATABASE_URL };
}

/** A new, empty database of its own: no migration has run. */
export async function createTestDatabase(options: TestDatabaseOptions): Promise<TestDatabase> {
  if (options.engine === 'postgres') return createOnPostgres(options);
  return options.onDisk ? createOnDisk() : createInMemory();
}

async function createInMemory(): Promise<TestDatabase> {
  const db = await openDatabase({ memory: true });
  return { db, drop: () => db.close() };
}

async function createOnDisk(): Promise<TestDatabase> {
  const root = await mkdtemp(path.join(tmpdir(), 'latchkey-test-'));
  const dataDir = path.join(root, 'db');
  const db = await openDatabase({ dataDir });
  return {
    db,
    dataDir,
    async drop() {
      await db.close();
      await rm(root, { recursive: true, force: true });
    },
  };
}

async function createOnPostgres({ adminUrl, maxConnections }: TestDatabaseOptions): Promise<TestDatabase> {
  if (adminUrl === undefined) throw new Error('A test database on PostgreSQL needs adminUrl.');
  const name = `latchkey_test_${randomBytes(8).toString('hex')}`;
  await administer(adminUrl, `CREATE DATABASE ${name} TEMPLATE template0`);
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  const db = await openDatabase({ databaseUrl: url.href, maxConnections });
  return {
    db,
    url: url.href,
    async drop() {
      await db.close();
      await administer(adminUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    },
  };
}

async function administer(adminUrl: string, text: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    await client.query(text);
  } finally {
    await client.end();
  }
}

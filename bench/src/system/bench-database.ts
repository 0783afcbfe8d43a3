import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { openDatabase } from '@latchkey/db/engine/open-database';
import { createTestDatabase } from '@latchkey/db/testing/test-database';
import type { BenchRun } from './bench-run.js';

export interface BenchDatabase {
  /** Null: PGlite, inside the server. */
  readonly url: string | null;
  drop(): Promise<void>;
}

/** A new database on the server of `--database`, dropped at the end of the run if not before. */
export async function createBenchDatabase({ options, cleanup }: BenchRun): Promise<BenchDatabase> {
  if (options.databaseUrl === null) return { url: null, drop: async () => undefined };
  const { url, drop } = await createTestDatabase({ engine: 'postgres', adminUrl: options.databaseUrl });
  return { url: url ?? null, drop: cleanup.defer(drop) };
}

export type EngineName = 'pglite' | 'postgres';
export const engineOf = (run: BenchRun): EngineName =>
  run.options.databaseUrl === null ? 'pglite' : 'postgres';

/** Name and version of the engine under test. */
export async function describeEngine({ options }: BenchRun): Promise<string> {
  if (options.databaseUrl === null) return `PGlite ${await pgliteVersion()}`;
  const db = await openDatabase({ databaseUrl: options.databaseUrl, maxConnections: 1 });
  try {
    const rows = await db.query<{ server_version: string }>({
      name: 'bench.version',
      text: 'SHOW server_version',
    });
    return `PostgreSQL ${rows[0]?.server_version}`;
  } finally {
    await db.close();
  }
}

async function pgliteVersion(): Promise<string> {
  const entry = createRequire(import.meta.url).resolve('@electric-sql/pglite');
  const description = JSON.parse(await readFile(join(dirname(entry), '..', 'package.json'), 'utf8')) as {
    version: string;
  };
  return description.version;
}

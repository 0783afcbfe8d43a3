import { join } from 'node:path';
import type { Database } from '@latchkey/db/engine/executor';
import { createTestDatabase } from '@latchkey/db/testing/test-database';
import { postgresPrograms } from '@latchkey/testkit/temporary-postgres';
import type { Cleanup } from '../system/cleanup.js';
import { runCommand } from './command.js';
import { naiveTable } from './naive-rows.js';

export interface CopyFloor {
  readonly seconds: number;
  readonly rowsPerSecond: number;
  /** Of the server: what the speed depends on. */
  readonly settings: Readonly<Record<string, string>>;
}

/**
 * `psql \copy` of prepared rows into the naive table with its indexes, in a new database that is dropped again.
 *
 * @param serverUrl A role of this PostgreSQL that may create databases.
 */
export async function measureCopyFloor(
  cleanup: Cleanup,
  serverUrl: string,
  rowsFile: string,
  rows: number,
): Promise<CopyFloor> {
  const { db, url, drop } = await createTestDatabase({ engine: 'postgres', adminUrl: serverUrl });
  const undo = cleanup.defer(drop);
  await db.query({ name: 'bench.naive', text: naiveTable });
  const settings = await readSettings(db);
  const begin = performance.now();
  const output = await runCommand(psqlProgram(), [
    '--no-psqlrc',
    '--set=ON_ERROR_STOP=1',
    `--dbname=${url}`,
    `--command=\\copy items FROM '${rowsFile.replaceAll("'", "''")}'`,
  ]);
  const seconds = (performance.now() - begin) / 1000;
  await undo();
  if (output.trim() !== `COPY ${rows}`) throw new Error(`The floor copied other rows: ${output.trim()}`);
  return { seconds, rowsPerSecond: rows / seconds, settings };
}

const settingNames = ['server_version', 'fsync', 'synchronous_commit', 'shared_buffers', 'max_wal_size'];

async function readSettings(db: Database): Promise<Record<string, string>> {
  const rows = await db.query<{ name: string; value: string }>({
    name: 'bench.settings',
    text: 'SELECT name, current_setting(name) AS value FROM unnest($1::text[]) AS name',
    values: [settingNames],
  });
  return Object.fromEntries(rows.map(({ name, value }) => [name, value]));
}

/** Debian's own `psql` is a script that looks for the right version first. */
function psqlProgram(): string {
  const programs = postgresPrograms();
  return programs === null ? 'psql' : join(programs, 'psql');
}

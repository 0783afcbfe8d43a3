import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { BackupError } from './backup-error.js';

/** The directory of the embedded database. Throws `BackupError` where there is none. */
export async function findEmbeddedDatabase(dataDir: string): Promise<string> {
  const database = join(dataDir, 'database');
  if (await stat(join(database, 'PG_VERSION')).catch(() => null)) return database;
  throw new BackupError(
    'source_missing',
    `${database} holds no database.`,
    'Set LATCHKEY_DATA_DIR, or DATABASE_URL, as the server has it.',
  );
}

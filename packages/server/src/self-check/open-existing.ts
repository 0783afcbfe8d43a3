import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseError } from '@latchkey/db/engine/errors';
import type { Database } from '@latchkey/db/engine/executor';
import { openDatabase } from '@latchkey/db/engine/open-database';
import type { ServerConfig } from '../config/environment.js';
import { type Finding, failure, notChecked, ok } from './check-result.js';

export interface Opened {
  readonly finding: Finding;
  /** Null: there is none to look into. */
  readonly db: Database | null;
}

/** Opens the database of the settings if it is there and free; makes none. */
export async function openExisting({ databaseUrl, dataDir }: ServerConfig): Promise<Opened> {
  const directory = join(dataDir, 'database');
  if (databaseUrl === null && !existsSync(join(directory, 'PG_VERSION')))
    return { finding: ok(`${directory} is made at the first start`), db: null };
  try {
    const db = await openDatabase(
      databaseUrl === null ? { dataDir: directory } : { databaseUrl, maxConnections: 1 },
    );
    return { finding: ok(databaseUrl === null ? `embedded, in ${directory}` : 'PostgreSQL answers'), db };
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error;
    return { finding: toFinding(error, databaseUrl === null), db: null };
  }
}

function toFinding({ code, message }: DatabaseError, isEmbedded: boolean): Finding {
  if (code === 'directory_in_use')
    return notChecked(
      'A server is using the embedded database, which one process at a time may open.',
      'Stop the server to check the database, or ask the running one: GET /health/ready.',
    );
  if (isEmbedded) return failure(message, 'docs/backup.md says how to restore a backup.');
  return failure(message, 'Start PostgreSQL, or correct DATABASE_URL: host, port, user, password, name.');
}

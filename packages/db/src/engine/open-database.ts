import type { Database } from './executor.js';
import { openPglite } from './pglite.js';
import { openPostgres } from './postgres.js';

export interface OpenDatabaseOptions {
  /** A PostgreSQL connection URL; it wins over the others. */
  readonly databaseUrl?: string | undefined;
  /** Directory of the embedded database; made at the first start. */
  readonly dataDir?: string | undefined;
  /** An embedded database that ends with the process. */
  readonly memory?: boolean | undefined;
  /** PostgreSQL only. */
  readonly maxConnections?: number | undefined;
}

/** PostgreSQL when a URL is given, otherwise the embedded PGlite. */
export async function openDatabase(options: OpenDatabaseOptions): Promise<Database> {
  const { databaseUrl, dataDir, memory, maxConnections } = options;
  if (databaseUrl !== undefined) {
    return openPostgres({
      connectionString: databaseUrl,
      ...(maxConnections !== undefined && { maxConnections }),
    });
  }
  if (memory) return openPglite({ memory: true });
  if (dataDir !== undefined) return openPglite({ dataDir });
  throw new TypeError('openDatabase needs databaseUrl, dataDir or memory: true.');
}

import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { copyPieces, copyText } from './copy-statement.js';
import { DatabaseError, toDatabaseError } from './errors.js';
import type { CopyStatement, Database } from './executor.js';
import { PooledDatabase } from './pooled-database.js';
import { listenOnPostgres } from './postgres-listener.js';
import { valueParsers } from './value-parsers.js';

export interface PostgresOptions {
  readonly connectionString: string;
  readonly maxConnections?: number;
  readonly applicationName?: string;
  /** Limit of one statement; 0 or absent means none. */
  readonly statementTimeoutMs?: number;
}

const MINIMUM_MAJOR_VERSION = 15;
/** Covers a connection that is being made and the wait for a free one. */
const CONNECT_TIMEOUT_MS = 30_000;

const ignore = () => undefined;

/** Opens PostgreSQL and makes sure that it answers and is new enough. */
export async function openPostgres(options: PostgresOptions): Promise<Database> {
  const config = clientConfig(options);
  const pool = new pg.Pool(poolConfig(config, options.maxConnections ?? 10));
  const listeners = new Set<() => Promise<void>>();
  const database = new PooledDatabase({
    engine: 'postgres',
    pool,
    copy: copyToPostgres,
    cancel: (client) => cancel(client, config),
    wrote: () => Promise.resolve(),
    maintain: () => Promise.resolve(),
    async listen(channel, handler) {
      const stop = await listenOnPostgres(config, channel, handler);
      listeners.add(stop);
      return () => {
        listeners.delete(stop);
        return stop();
      };
    },
    async shutDown() {
      await Promise.all([...listeners].map((stop) => stop()));
    },
  });
  try {
    await requireVersion(database);
    return database;
  } catch (error) {
    await database.close();
    throw error;
  }
}

function clientConfig(options: PostgresOptions): pg.ClientConfig {
  return {
    connectionString: options.connectionString,
    application_name: options.applicationName ?? 'latchkey',
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
    types: valueParsers,
    ...(options.statementTimeoutMs && { statement_timeout: options.statementTimeoutMs }),
  };
}

/** What the pool takes and its types do not list: it waits for `onConnect` before a new connection is used. */
interface PoolConfig extends pg.PoolConfig {
  readonly onConnect: (client: pg.ClientBase) => Promise<unknown>;
}

/**
 * Without just-in-time compilation: our statements take milliseconds, and where the planner takes one for expensive,
 * compiling it takes 100 to 200 (the look for known objects in a part of 2,000 units took four times as long).
 */
const poolConfig = (config: pg.ClientConfig, max: number): PoolConfig => ({
  ...config,
  max,
  onConnect: (client) => client.query('SET jit = off'),
});

async function requireVersion(database: Database): Promise<void> {
  const [row] = await database.query<{ number: number; name: string }>({
    name: 'engine.version',
    text: `SELECT current_setting('server_version_num')::int AS number, current_setting('server_version') AS name`,
  });
  if (row !== undefined && Math.floor(row.number / 10_000) >= MINIMUM_MAJOR_VERSION) return;
  throw new DatabaseError(
    'unsupported_server',
    `The database server is PostgreSQL ${row?.name ?? 'of unknown version'}; Latchkey needs ${MINIMUM_MAJOR_VERSION} or later. Upgrade it, or let DATABASE_URL name a newer server.`,
  );
}

async function copyToPostgres(client: pg.PoolClient, statement: CopyStatement): Promise<number> {
  const stream = client.query(copyFrom(copyText(statement, 'STDIN')));
  await new Promise<void>((resolve, reject) => {
    stream.on('error', reject);
    stream.on('finish', resolve);
    for (const piece of copyPieces(statement)) stream.write(piece);
    stream.end();
  });
  return stream.rowCount;
}

/** Asks on a connection of its own, because the pool may be exhausted by the statements to cancel. */
async function cancel(client: pg.PoolClient, config: pg.ClientConfig): Promise<void> {
  const canceller = new pg.Client(config);
  canceller.on('error', ignore);
  try {
    await canceller.connect();
    await canceller.query('SELECT pg_cancel_backend($1)', [Reflect.get(client, 'processID')]);
  } catch (error) {
    throw toDatabaseError(error, 'engine.cancel');
  } finally {
    await canceller.end();
  }
}

import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { copyData, copyText } from './copy-statement.js';
import { lockDirectory } from './directory-lock.js';
import { statementError } from './errors.js';
import type { CopyStatement, Database } from './executor.js';
import { LogCheckpoints } from './pglite-checkpoints.js';
import { notOpened, prepareDataDirectory, resolveDataDirectory } from './pglite-directory.js';
import { PgliteListeners } from './pglite-listeners.js';
import { PgliteSocket } from './pglite-socket.js';
import { PgliteTaskError, PgliteThread } from './pglite-thread.js';
import { PooledDatabase } from './pooled-database.js';
import { valueParsers } from './value-parsers.js';

export type PgliteOptions = { readonly dataDir: string } | { readonly memory: true };

const TEMPLATE_PATH = fileURLToPath(new URL('../pglite-template.tar.gz', import.meta.url));

/**
 * Opens PGlite in a worker thread. A directory is created at the first start, and is locked: a second opener
 * would silently corrupt it.
 */
export async function openPglite(options: PgliteOptions): Promise<Database> {
  if ('memory' in options) return connect(await startEmpty(), () => Promise.resolve());
  const dataDir = await resolveDataDirectory(options.dataDir);
  const lock = await lockDirectory(dataDir);
  try {
    await prepareDataDirectory(dataDir, async (emptyDir) => {
      const thread = await startEmpty(emptyDir);
      await thread.close();
    });
    return connect(await PgliteThread.start({ dataDir }), lock.release);
  } catch (error) {
    await lock.release();
    throw error instanceof PgliteTaskError ? notOpened(dataDir, error.message) : error;
  }
}

/** From the prepared template when there is one; otherwise PGlite runs initdb, which is slow and large. */
function startEmpty(dataDir?: string): Promise<PgliteThread> {
  return PgliteThread.start({
    ...(dataDir !== undefined && { dataDir }),
    ...(existsSync(TEMPLATE_PATH) && { template: TEMPLATE_PATH }),
  });
}

function connect(thread: PgliteThread, unlock: () => Promise<void>): Database {
  // One connection, for ever: the engine has one session. Waiting callers get it in the order they came.
  const pool = new pg.Pool({
    max: 1,
    idleTimeoutMillis: 0,
    stream: () => new PgliteSocket(thread),
    user: 'postgres',
    database: 'postgres',
    password: '',
    host: 'localhost',
    ssl: false,
    types: valueParsers,
  });
  const listeners = new PgliteListeners(pool);
  const checkpoints = new LogCheckpoints();
  return new PooledDatabase({
    engine: 'pglite',
    pool,
    copy: (_client, statement) => copy(thread, statement),
    // The engine cannot be interrupted: the statement runs to its end.
    cancel: () => Promise.resolve(),
    wrote: (client, written) => checkpoints.wrote(client, written),
    listen: (channel, handler) => listeners.listen(channel, handler),
    async maintain(database) {
      await database.query({ name: 'engine.vacuum', text: 'VACUUM (ANALYZE)' });
      await database.query({ name: 'engine.checkpoint', text: 'CHECKPOINT' });
    },
    async shutDown() {
      try {
        await thread.close();
      } finally {
        await unlock();
      }
    },
  });
}

/** `COPY FROM STDIN` ends a PGlite instance; it reads rows from its own device instead. */
async function copy(thread: PgliteThread, statement: CopyStatement): Promise<number> {
  const bytes = copyData(statement);
  try {
    const answer = await thread.perform({ kind: 'copy', text: copyText(statement, `'/dev/blob'`), bytes });
    return answer.rows ?? 0;
  } catch (error) {
    throw error instanceof PgliteTaskError ? statementError(error.failure, statement.name) : error;
  }
}

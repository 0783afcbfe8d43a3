import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { copyText } from './copy-statement.js';
import { lockDirectory } from './directory-lock.js';
import { statementError } from './errors.js';
import type { CopyStatement, Database } from './executor.js';
import { prepareDataDirectory } from './pglite-directory.js';
import { PgliteListeners } from './pglite-listeners.js';
import { PgliteSocket } from './pglite-socket.js';
import { PgliteTaskError, PgliteThread } from './pglite-thread.js';
import { PooledDatabase } from './pooled-database.js';
import type { Written } from './session.js';
import { valueParsers } from './value-parsers.js';

export type PgliteOptions = { readonly dataDir: string } | { readonly memory: true };

/** Rows copied or changed after which the log is checkpointed: 250,000 item rows are about 300 MB of log. */
const ROWS_PER_CHECKPOINT = 250_000;

const TEMPLATE_PATH = fileURLToPath(new URL('../pglite-template.tar.gz', import.meta.url));

/**
 * Opens PGlite in a worker thread. A directory is created at the first start, and is locked: a second opener
 * would silently corrupt it.
 */
export async function openPglite(options: PgliteOptions): Promise<Database> {
  if ('memory' in options) return connect(await startEmpty(), () => Promise.resolve());
  const { dataDir } = options;
  const lock = await lockDirectory(dataDir);
  try {
    await prepareDataDirectory(dataDir, async (emptyDir) => {
      const thread = await startEmpty(emptyDir);
      await thread.close();
    });
    return connect(await PgliteThread.start({ dataDir }), lock.release);
  } catch (error) {
    await lock.release();
    throw error;
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
  const checkpoints = new CheckpointSchedule(() => pool.query('CHECKPOINT'));
  return new PooledDatabase({
    engine: 'pglite',
    pool,
    copy: (_client, statement) => copy(thread, statement),
    // The engine cannot be interrupted: the statement runs to its end.
    cancel: () => Promise.resolve(),
    wrote: (written) => checkpoints.wrote(written),
    released: () => checkpoints.runWhenDue(),
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
  const { text } = statement;
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : new Uint8Array(text);
  try {
    const answer = await thread.perform({ kind: 'copy', text: copyText(statement, `'/dev/blob'`), bytes });
    return answer.rows ?? 0;
  } catch (error) {
    throw error instanceof PgliteTaskError ? statementError(error.failure, statement.name) : error;
  }
}

/** PGlite has no checkpointer: its log would grow, and with it the time to recover, until it is closed. */
class CheckpointSchedule {
  readonly #checkpoint: () => Promise<unknown>;
  #copied = 0;
  #changed = 0;

  constructor(checkpoint: () => Promise<unknown>) {
    this.#checkpoint = checkpoint;
  }

  wrote({ kind, rows }: Written): void {
    if (kind === 'copied') this.#copied += rows;
    else this.#changed += rows;
  }

  runWhenDue(): void {
    // Rows that are copied to a staging table and inserted from it count once.
    if (Math.max(this.#copied, this.#changed) < ROWS_PER_CHECKPOINT) return;
    this.#copied = 0;
    this.#changed = 0;
    // A failure shows in the statements of the callers; the next threshold tries again.
    this.#checkpoint().catch(() => undefined);
  }
}

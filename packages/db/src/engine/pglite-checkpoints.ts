import type pg from 'pg';
import type { Written } from './session.js';

/** Log between two checkpoints: what a start after a crash has to read, at some 80 MB a second. */
const logBytesPerCheckpoint = 256 * 2 ** 20;
/** How much may be written before the length of the log is looked up, which takes about a millisecond. */
const rowsPerLook = 5_000;
const bytesPerLook = 4 * 2 ** 20;

/** The server's setting bounds the log files that are kept for reuse: PGlite does not act on it otherwise. */
export const checkpointParameters = ['-c', `max_wal_size=${logBytesPerCheckpoint / 2 ** 20}MB`] as const;

const logLength = `SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), redo_lsn)::float8 AS bytes FROM pg_control_checkpoint()`;

/**
 * PGlite has no checkpointer: its log would grow, and with it the time to recover, until it is closed. Checkpoints are
 * made inside of transactions too, because one may register millions of items.
 */
export class LogCheckpoints {
  #rows = 0;
  #bytes = 0;

  /** Never rejects: what keeps the engine from a checkpoint shows in the statements that follow. */
  async wrote(client: pg.PoolClient, { rows, bytes }: Written): Promise<void> {
    this.#rows += rows;
    this.#bytes += bytes;
    if (this.#rows < rowsPerLook && this.#bytes < bytesPerLook) return;
    this.#rows = 0;
    this.#bytes = 0;
    await checkpointWhenDue(client).catch(() => undefined);
  }
}

async function checkpointWhenDue(client: pg.PoolClient): Promise<void> {
  const { rows } = await client.query<{ bytes: number }>(logLength);
  if ((rows[0]?.bytes ?? 0) >= logBytesPerCheckpoint) await client.query('CHECKPOINT');
}

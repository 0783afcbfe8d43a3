/** One SQL statement. Placeholders are `$1`...; the text never holds a value. */
export interface Statement {
  /** Stable name for metrics and errors, for example `folders.insert`. */
  readonly name: string;
  readonly text: string;
  /** jsonb parameters are JSON text, array parameters are JavaScript arrays. */
  readonly values?: readonly unknown[];
  /**
   * Aborted while waiting for a connection: the statement never starts. Aborted while it runs: PostgreSQL
   * cancels it, PGlite finishes it. The promise rejects with the signal's reason in all cases but the last.
   */
  readonly signal?: AbortSignal;
}

/** Rows for `table (columns)`, in COPY's text format, or in its binary format as `CopyRows` writes them. */
export type CopyStatement = {
  readonly name: string;
  readonly table: string;
  readonly columns: readonly string[];
} & ({ readonly text: string | Uint8Array } | { readonly binary: Uint8Array });

/**
 * Runs statements. Values in rows are the same on both engines: int8 is a number (an unsafe one is an error),
 * bytea a Buffer, timestamptz a Date, json and jsonb parsed, uuid a string, arrays are arrays.
 * Every failure is a `DatabaseError`, except an aborted signal.
 */
export interface Executor {
  /** A text of several statements (allowed without values) answers the rows of the last one. */
  query<Row>(statement: Statement): Promise<Row[]>;
  copy(statement: CopyStatement): Promise<void>;
  /** The rows of a query in COPY's text format, as `copy` takes them. */
  copyOut(statement: Pick<Statement, 'name' | 'text'>): Promise<Buffer>;
}

export type Engine = 'postgres' | 'pglite';

export interface Database extends Executor {
  readonly engine: Engine;
  /**
   * Commits when `work` resolves and rolls back when it rejects. After a serialization failure or a deadlock
   * `work` runs again, a bounded number of times: it must have no other effect than its statements.
   */
  transaction<T>(work: (tx: Executor) => Promise<T>): Promise<T>;
  /**
   * Calls `handler` with each payload sent to `channel`, and with an empty payload after a lost connection
   * was restored, because what was sent in between is gone. Answers the function that stops it.
   */
  listen(channel: string, handler: (payload: string) => void): Promise<() => Promise<void>>;
  /** VACUUM ANALYZE and CHECKPOINT on PGlite; PostgreSQL has daemons for that, nothing happens there. */
  maintain(): Promise<void>;
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

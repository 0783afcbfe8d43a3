import { buffer } from 'node:stream/consumers';
import type pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { sizeOf } from './copy-statement.js';
import { DatabaseError, toDatabaseError } from './errors.js';
import type { CopyStatement, Executor, Statement } from './executor.js';

/** What one statement wrote. */
export interface Written {
  readonly rows: number;
  /** Of the rows of COPY; 0 for other statements. */
  readonly bytes: number;
}

/** What differs between the engines while a connection is held. */
export interface EngineHooks {
  copy(client: pg.PoolClient, statement: CopyStatement): Promise<number>;
  /** Stops the statement that `client` runs, and resolves when no cancellation can arrive any more. */
  cancel(client: pg.PoolClient): Promise<void>;
  /** Runs before the connection's next statement; must not reject. */
  wrote(client: pg.PoolClient, written: Written): Promise<void>;
}

const CHANGING_COMMANDS = new Set(['INSERT', 'UPDATE', 'DELETE', 'MERGE']);

/** An executor on one held connection. Its statements run one after another in the order of the calls. */
export class Session implements Executor {
  readonly #client: pg.PoolClient;
  readonly #hooks: EngineHooks;
  #tail: Promise<unknown> = Promise.resolve();
  #ended = false;

  constructor(client: pg.PoolClient, hooks: EngineHooks) {
    this.#client = client;
    this.#hooks = hooks;
  }

  async query<Row>(statement: Statement): Promise<Row[]> {
    const result = await this.#enqueue(statement.name, async () => {
      const answer = await this.#send(statement);
      if (CHANGING_COMMANDS.has(answer.command)) {
        await this.#hooks.wrote(this.#client, { rows: answer.rowCount ?? 0, bytes: 0 });
      }
      return answer;
    });
    return result.rows as Row[];
  }

  async copy(statement: CopyStatement): Promise<void> {
    await this.#enqueue(statement.name, async () => {
      const rows = await this.#hooks.copy(this.#client, statement);
      await this.#hooks.wrote(this.#client, { rows, bytes: sizeOf(statement) });
    });
  }

  copyOut({ name, text }: Pick<Statement, 'name' | 'text'>): Promise<Buffer> {
    return this.#enqueue(name, () => buffer(this.#client.query(copyTo(`COPY (${text}) TO STDOUT`))));
  }

  /** Refuses further statements and waits for the ones already given. */
  async end(): Promise<void> {
    this.#ended = true;
    await this.#tail;
  }

  #enqueue<T>(statement: string, task: () => Promise<T>): Promise<T> {
    if (this.#ended) {
      const message = `Statement ${statement} was given to a transaction that has already ended; await every statement inside the transaction.`;
      return Promise.reject(new DatabaseError('closed', message, { statement }));
    }
    const outcome = this.#tail.then(task).catch((error: unknown) => {
      throw isAbortReason(error) ? error.reason : toDatabaseError(error, statement);
    });
    this.#tail = outcome.catch(() => undefined);
    return outcome;
  }

  async #send(statement: Statement): Promise<pg.QueryResult<pg.QueryResultRow>> {
    const { text, values, signal } = statement;
    if (signal?.aborted) throw new AbortReason(signal.reason);
    let cancelling: Promise<void> | undefined;
    const onAbort = () => {
      cancelling ??= this.#hooks.cancel(this.#client).catch(() => undefined);
    };
    signal?.addEventListener('abort', onAbort, { once: true });
    try {
      return lastResult(await this.#client.query({ text, ...(values && { values: [...values] }) }));
    } catch (error) {
      throw cancelling === undefined ? error : new AbortReason(signal?.reason);
    } finally {
      signal?.removeEventListener('abort', onAbort);
      // A cancellation that arrives late must not hit the next statement of this connection.
      await cancelling;
    }
  }
}

/** Carries a signal's reason past the conversion of errors. */
class AbortReason {
  readonly reason: unknown;

  constructor(reason: unknown) {
    this.reason = reason;
  }
}

function isAbortReason(error: unknown): error is AbortReason {
  return error instanceof AbortReason;
}

/** `pg` answers an array when the text held several statements. */
function lastResult(
  result: pg.QueryResult<pg.QueryResultRow> | pg.QueryResult<pg.QueryResultRow>[],
): pg.QueryResult<pg.QueryResultRow> {
  const last = Array.isArray(result) ? result.at(-1) : result;
  if (last === undefined) throw new TypeError('pg answered no result');
  return last;
}

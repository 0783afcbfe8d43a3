import type pg from 'pg';
import { DatabaseError, toDatabaseError } from './errors.js';
import type { CopyStatement, Database, Engine, Executor, Statement } from './executor.js';
import { withRetries } from './retry.js';
import { type EngineHooks, Session } from './session.js';

/** What an engine adds to a pool of `pg` clients. */
export interface EngineParts extends EngineHooks {
  readonly engine: Engine;
  readonly pool: pg.Pool;
  listen(channel: string, handler: (payload: string) => void): Promise<() => Promise<void>>;
  maintain(database: Executor): Promise<void>;
  /** Runs after the pool has ended. */
  shutDown(): Promise<void>;
}

const ignore = () => undefined;

/** Both engines: a pool of `pg` clients (PGlite's has one) that hands them out in the order of the calls. */
export class PooledDatabase implements Database {
  readonly engine: Engine;
  readonly #parts: EngineParts;
  readonly #running = new Set<Promise<unknown>>();
  #closing: Promise<void> | undefined;

  constructor(parts: EngineParts) {
    this.engine = parts.engine;
    this.#parts = parts;
    // Without listeners a connection that breaks, idle or held, would end the process. Its pending statements
    // reject, and the pool replaces it.
    parts.pool.on('error', ignore);
    parts.pool.on('connect', (client) => {
      client.on('error', ignore);
    });
  }

  query<Row>(statement: Statement): Promise<Row[]> {
    return this.#admit(statement.name, () =>
      this.#withClient(statement, (client) => new Session(client, this.#parts).query<Row>(statement)),
    );
  }

  copy(statement: CopyStatement): Promise<void> {
    return this.#admit(statement.name, () =>
      this.#withClient(statement, (client) => new Session(client, this.#parts).copy(statement)),
    );
  }

  copyOut(statement: Pick<Statement, 'name' | 'text'>): Promise<Buffer> {
    return this.#admit(statement.name, () =>
      this.#withClient(statement, (client) => new Session(client, this.#parts).copyOut(statement)),
    );
  }

  transaction<T>(work: (tx: Executor) => Promise<T>): Promise<T> {
    const name = 'transaction';
    return this.#admit(name, () =>
      withRetries(() => this.#withClient({ name }, (client) => this.#attempt(client, work))),
    );
  }

  async listen(channel: string, handler: (payload: string) => void): Promise<() => Promise<void>> {
    return this.#parts.listen(channel, handler);
  }

  async maintain(): Promise<void> {
    await this.#parts.maintain(this);
  }

  close(): Promise<void> {
    this.#closing ??= this.#shutDown();
    return this.#closing;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #admit<T>(statement: string, work: () => Promise<T>): Promise<T> {
    if (this.#closing !== undefined) {
      const message = `Statement ${statement} was given to a database that is closed.`;
      throw new DatabaseError('closed', message, { statement });
    }
    const running = work();
    this.#running.add(running);
    try {
      return await running;
    } finally {
      this.#running.delete(running);
    }
  }

  async #shutDown(): Promise<void> {
    // The pool forgets callers that wait for a connection when it ends.
    await Promise.allSettled(this.#running);
    try {
      await this.#parts.pool.end();
    } finally {
      await this.#parts.shutDown();
    }
  }

  async #attempt<T>(client: pg.PoolClient, work: (tx: Executor) => Promise<T>): Promise<T> {
    const session = new Session(client, this.#parts);
    await control(client, 'BEGIN');
    try {
      const result = await work(session);
      await session.end();
      await commit(client);
      return result;
    } catch (error) {
      await session.end();
      await control(client, 'ROLLBACK').catch((failure: unknown) => {
        throw new UnusableConnection(error ?? failure);
      });
      throw error;
    }
  }

  async #withClient<T>(
    statement: Pick<Statement, 'name' | 'signal'>,
    work: (client: pg.PoolClient) => Promise<T>,
  ): Promise<T> {
    const client = await this.#acquire(statement);
    let unusable = false;
    try {
      return await work(client);
    } catch (error) {
      if (!(error instanceof UnusableConnection)) throw error;
      unusable = true;
      throw error.reason;
    } finally {
      client.release(unusable);
    }
  }

  async #acquire({ name, signal }: Pick<Statement, 'name' | 'signal'>): Promise<pg.PoolClient> {
    signal?.throwIfAborted();
    const acquiring = this.#parts.pool.connect().catch((error: unknown) => {
      throw toDatabaseError(error, name);
    });
    return signal ? abandonable(acquiring, signal) : acquiring;
  }
}

/** Carries the error of a transaction whose connection could not even be rolled back. */
class UnusableConnection {
  readonly reason: unknown;

  constructor(reason: unknown) {
    this.reason = reason;
  }
}

async function control(client: pg.PoolClient, text: 'BEGIN' | 'COMMIT' | 'ROLLBACK'): Promise<string> {
  const name = `transaction.${text.toLowerCase()}`;
  const result = await client.query(text).catch((error: unknown) => {
    throw toDatabaseError(error, name);
  });
  return result.command;
}

async function commit(client: pg.PoolClient): Promise<void> {
  // PostgreSQL answers COMMIT of a failed transaction with the command tag ROLLBACK and no error.
  if ((await control(client, 'COMMIT')) === 'COMMIT') return;
  throw new DatabaseError(
    'statement_failed',
    'The transaction was rolled back instead of committed, because a statement in it had failed and the failure was caught; let it reject.',
    { statement: 'transaction.commit', sqlState: '25P02' },
  );
}

/** Rejects with the signal's reason as soon as it is aborted; the client that comes later goes back. */
async function abandonable(acquiring: Promise<pg.PoolClient>, signal: AbortSignal): Promise<pg.PoolClient> {
  const { promise: aborted, reject } = withRejection();
  const onAbort = () => reject(signal.reason);
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([acquiring, aborted]);
  } catch (error) {
    if (signal.aborted) acquiring.then((client) => client.release(), ignore);
    throw error;
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

function withRejection(): { promise: Promise<never>; reject: (reason: unknown) => void } {
  let reject: (reason: unknown) => void = ignore;
  const promise = new Promise<never>((_resolve, refuse) => {
    reject = refuse;
  });
  return { promise, reject };
}

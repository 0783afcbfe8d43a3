import type { CopyStatement, Database, Engine, Executor, Statement } from './executor.js';

/** Runs the work of the statement of that name, and sees how it ends. */
export type ObserveStatement = <T>(name: string, work: () => Promise<T>) => Promise<T>;

class ObservedExecutor<Inner extends Executor> implements Executor {
  protected readonly inner: Inner;
  protected readonly observe: ObserveStatement;

  constructor(inner: Inner, observe: ObserveStatement) {
    this.inner = inner;
    this.observe = observe;
  }

  query<Row>(statement: Statement): Promise<Row[]> {
    return this.observe(statement.name, () => this.inner.query<Row>(statement));
  }

  copy(statement: CopyStatement): Promise<void> {
    return this.observe(statement.name, () => this.inner.copy(statement));
  }

  copyOut(statement: Pick<Statement, 'name' | 'text'>): Promise<Buffer> {
    return this.observe(statement.name, () => this.inner.copyOut(statement));
  }
}

/** A database whose statements and transactions are observed, each by its name. */
export class ObservedDatabase extends ObservedExecutor<Database> implements Database {
  get engine(): Engine {
    return this.inner.engine;
  }

  transaction<T>(work: (tx: Executor) => Promise<T>): Promise<T> {
    return this.observe('transaction', () =>
      this.inner.transaction((tx) => work(new ObservedExecutor(tx, this.observe))),
    );
  }

  listen(channel: string, handler: (payload: string) => void): Promise<() => Promise<void>> {
    return this.inner.listen(channel, handler);
  }

  maintain(): Promise<void> {
    return this.inner.maintain();
  }

  close(): Promise<void> {
    return this.inner.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.inner.close();
  }
}

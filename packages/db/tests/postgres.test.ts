import { once } from 'node:events';
import { createServer } from 'node:net';
import { openPostgres } from '@latchkey/db/engine/postgres';
import { createTestDatabase } from '@latchkey/db/testing/test-database';
import { describe, expect, it } from 'vitest';
import { postgresEngines, useTestDatabase } from './engines.js';

describe('openPostgres', () => {
  it('reports a server that is not there, without the password', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = address !== null && typeof address === 'object' ? address.port : 0;
    server.close();
    await once(server, 'close');
    const connectionString = `postgres://someone:hunter2@127.0.0.1:${port}/none`;
    const error = await openPostgres({ connectionString }).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'unavailable' });
    expect(String(error)).toContain(`127.0.0.1:${port}`);
    expect(String(error)).not.toContain('hunter2');
  });

  it('refuses to make a test database without a server', async () => {
    await expect(createTestDatabase({ engine: 'postgres' })).rejects.toThrow('adminUrl');
  });
});

describe.each(postgresEngines)('connections of PostgreSQL', (options) => {
  const database = useTestDatabase({ ...options, maxConnections: 2 });
  const terminateOthers = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()`;

  async function withObserver<T>(
    work: (observer: Awaited<ReturnType<typeof openPostgres>>) => Promise<T>,
  ): Promise<T> {
    const observer = await openPostgres({
      connectionString: database.current.url ?? '',
      applicationName: 'observer',
    });
    try {
      return await work(observer);
    } finally {
      await observer.close();
    }
  }

  it('replaces idle connections that the server has ended', async () => {
    const { db } = database.current;
    await db.query({ name: 'warm', text: 'SELECT 1' });
    await withObserver((observer) => observer.query({ name: 'terminate', text: terminateOthers }));
    await expect
      .poll(() => db.query({ name: 'again', text: 'SELECT 1 AS one' }).catch(() => 'not yet'))
      .toEqual([{ one: 1 }]);
  });

  it('rejects what runs on a connection that the server ends, and goes on', async () => {
    const { db } = database.current;
    await withObserver(async (observer) => {
      const sleeping = db.transaction((tx) => tx.query({ name: 'sleep', text: 'SELECT pg_sleep(60)' }));
      const outcome = sleeping.catch((reason: unknown) => reason);
      await untilRunning(observer, 'SELECT pg_sleep(60)');
      await observer.query({ name: 'terminate', text: terminateOthers });
      expect(await outcome).toMatchObject({ code: 'unavailable' });
    });
    expect(await db.query({ name: 'again', text: 'SELECT 1 AS one' })).toEqual([{ one: 1 }]);
  });

  it('cancels a running statement when its signal is aborted, and keeps the connection', async () => {
    const { db } = database.current;
    await withObserver(async (observer) => {
      const controller = new AbortController();
      const work = db.transaction(async (tx) => {
        const statement = { name: 'sleep', text: 'SELECT pg_sleep(61)', signal: controller.signal };
        await tx.query(statement);
      });
      const outcome = work.catch((reason: unknown) => reason);
      await untilRunning(observer, 'SELECT pg_sleep(61)');
      controller.abort(new Error('client left'));
      expect(await outcome).toMatchObject({ message: 'client left' });
    });
    expect(await db.query({ name: 'again', text: 'SELECT 1 AS one' })).toEqual([{ one: 1 }]);
  });

  it('stops waiting for a connection when the signal is aborted', async () => {
    const { db } = database.current;
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const holders = [db.transaction(() => held), db.transaction(() => held)];
    const controller = new AbortController();
    const waiting = db.query({ name: 'waits', text: 'SELECT 1', signal: controller.signal });
    controller.abort(new Error('client left'));
    await expect(waiting).rejects.toThrow('client left');
    release();
    await Promise.all(holders);
    expect(await db.query({ name: 'again', text: 'SELECT 1 AS one' })).toEqual([{ one: 1 }]);
  });

  it('ends a statement at the statement timeout', async () => {
    const db = await openPostgres({ connectionString: database.current.url ?? '', statementTimeoutMs: 50 });
    await expect(db.query({ name: 'sleep', text: 'SELECT pg_sleep(60)' })).rejects.toMatchObject({
      sqlState: '57014',
    });
    await db.close();
  });

  it('listens again after the connection was lost, and says so with an empty payload', async () => {
    const { db } = database.current;
    const received: string[] = [];
    const stop = await db.listen('jobs', (payload) => received.push(payload));
    await withObserver(async (observer) => {
      await observer.query({ name: 'terminate', text: terminateOthers });
      await expect.poll(() => received).toEqual(['']);
      await observer.query({ name: 'notify', text: `NOTIFY jobs, 'back'` });
      await expect.poll(() => received).toEqual(['', 'back']);
    });
    await stop();
  });

  async function untilRunning(
    observer: Awaited<ReturnType<typeof openPostgres>>,
    text: string,
  ): Promise<void> {
    const running = {
      name: 'running',
      text: `SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state = 'active' AND query = $1`,
      values: [text],
    };
    await expect.poll(() => observer.query(running)).toEqual([{ count: 1 }]);
  }
});

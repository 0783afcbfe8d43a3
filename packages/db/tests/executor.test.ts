import { setTimeout as delay } from 'node:timers/promises';
import {
  DatabaseError,
  isCheckViolation,
  isForeignKeyViolation,
  isUniqueViolation,
} from '@latchkey/db/engine/errors';
import type { Executor } from '@latchkey/db/engine/executor';
import { createTestDatabase } from '@latchkey/db/testing/test-database';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { engines, useTestDatabase } from './engines.js';

const RAISE_SERIALIZATION_FAILURE = `DO $$ BEGIN RAISE EXCEPTION 'again' USING ERRCODE = '40001'; END $$`;

async function names(executor: Executor): Promise<(string | null)[]> {
  const rows = await executor.query<{ name: string | null }>({
    name: 'pets.list',
    text: 'SELECT name FROM pets ORDER BY id',
  });
  return rows.map((row) => row.name);
}

function insert(executor: Executor, id: number, name: string): Promise<unknown[]> {
  return executor.query({
    name: 'pets.insert',
    text: 'INSERT INTO pets (id, name) VALUES ($1, $2)',
    values: [id, name],
  });
}

describe.each(engines)('executor on $engine', (options) => {
  const database = useTestDatabase(options);

  beforeAll(async () => {
    const text = `
      CREATE TABLE owners (id int CONSTRAINT owners_key PRIMARY KEY);
      CREATE TABLE pets (
        id int CONSTRAINT pets_key PRIMARY KEY,
        name text CONSTRAINT pets_name_length CHECK (length(name) < 40),
        owner int CONSTRAINT pets_owner REFERENCES owners
      )`;
    await database.current.db.query({ name: 'pets.create', text });
  });

  afterEach(async () => {
    await database.current.db.query({ name: 'pets.clear', text: 'DELETE FROM pets' });
  });

  it('answers the same JavaScript values for parameters of every type in use', async () => {
    const id = '018f0000-0000-7000-8000-000000000001';
    const rows = await database.current.db.query({
      name: 'types.all',
      text: `SELECT $1::int8 AS big, $2::int8[] AS bigs, $3::bytea AS bytes, $4::timestamptz AS moment, $5::jsonb AS json,
        $6::uuid AS id, $7::text[] AS texts, $8::uuid[] AS ids, $9::boolean AS flag, $10::float8 AS float, $11::text AS nothing,
        count(*) AS count, $12::int4 AS small, $13::timestamptz[] AS moments, $14::bytea[] AS blobs`,
      values: [
        Number.MAX_SAFE_INTEGER,
        [1, null, -3],
        Buffer.from([0, 1, 255]),
        new Date('2026-01-02T03:04:05.678Z'),
        JSON.stringify({ a: [1, 'é', null] }),
        id,
        ['plain', 'quote " comma , brace }', '', null],
        [id],
        true,
        1.5,
        null,
        7,
        [new Date(0)],
        [Buffer.from('ab'), null],
      ],
    });
    expect(rows).toEqual([
      {
        big: Number.MAX_SAFE_INTEGER,
        bigs: [1, null, -3],
        bytes: Buffer.from([0, 1, 255]),
        moment: new Date('2026-01-02T03:04:05.678Z'),
        json: { a: [1, 'é', null] },
        id,
        texts: ['plain', 'quote " comma , brace }', '', null],
        ids: [id],
        flag: true,
        float: 1.5,
        nothing: null,
        count: 1,
        small: 7,
        moments: [new Date(0)],
        blobs: [Buffer.from('ab'), null],
      },
    ]);
    expect(Buffer.isBuffer(rows[0] && Reflect.get(rows[0], 'bytes'))).toBe(true);
  });

  it('refuses a bigint that JavaScript cannot hold, and stays usable', async () => {
    const { db } = database.current;
    const reading = db.query({ name: 'types.unsafe', text: 'SELECT 9007199254740993 AS big' });
    await expect(reading).rejects.toMatchObject({ code: 'unsafe_integer' });
    expect(await db.query({ name: 'types.safe', text: 'SELECT 1 AS one' })).toEqual([{ one: 1 }]);
  });

  it('moves values of a megabyte both ways', async () => {
    const value = 'ä'.repeat(1 << 20);
    const rows = await database.current.db.query<{ value: string }>({
      name: 'types.large',
      text: 'SELECT $1::text AS value',
      values: [value],
    });
    expect(rows[0]?.value === value).toBe(true);
  });

  it('answers the rows of the last statement of a text', async () => {
    const text = 'SELECT 1 AS one; SELECT 2 AS two';
    expect(await database.current.db.query({ name: 'several', text })).toEqual([{ two: 2 }]);
  });

  it('commits what a transaction did and answers its result', async () => {
    const { db } = database.current;
    const inside = await db.transaction(async (tx) => {
      await insert(tx, 1, 'Ada');
      return names(tx);
    });
    expect(inside).toEqual(['Ada']);
    expect(await names(db)).toEqual(['Ada']);
  });

  it('rolls back when the work rejects, and rejects with the same error', async () => {
    const { db } = database.current;
    const failure = new Error('changed my mind');
    const work = db.transaction(async (tx) => {
      await insert(tx, 1, 'Ada');
      throw failure;
    });
    await expect(work).rejects.toBe(failure);
    expect(await names(db)).toEqual([]);
  });

  it('shows an uncommitted row to nobody else', async () => {
    const { db } = database.current;
    const order: string[] = [];
    let outside: Promise<(string | null)[]> = Promise.resolve([]);
    await db
      .transaction(async (tx) => {
        await insert(tx, 1, 'Ada');
        outside = names(db);
        await tx.query({ name: 'pause', text: 'SELECT pg_sleep(0.05)' });
        order.push('rolled back');
        throw new Error('no');
      })
      .catch(() => undefined);
    expect(await outside).toEqual([]);
    expect(order).toEqual(['rolled back']);
  });

  it('names the statement, SQLSTATE and constraint of a violation, never the value', async () => {
    const { db } = database.current;
    await insert(db, 1, 'Ada');
    const unique = await insert(db, 1, 'secret-name').catch((error: unknown) => error);
    expect(unique).toBeInstanceOf(DatabaseError);
    expect(unique).toMatchObject({ statement: 'pets.insert', sqlState: '23505', constraint: 'pets_key' });
    expect(isUniqueViolation(unique, 'pets_key')).toBe(true);
    expect(isUniqueViolation(unique, 'other_key')).toBe(false);
    expect(isForeignKeyViolation(unique)).toBe(false);
    const foreign = await db
      .query({ name: 'pets.adopt', text: 'UPDATE pets SET owner = $1', values: [4711] })
      .catch((error: unknown) => error);
    expect(isForeignKeyViolation(foreign, 'pets_owner')).toBe(true);
    const long = await insert(db, 2, 'secret-name'.repeat(9)).catch((error: unknown) => error);
    expect(isCheckViolation(long, 'pets_name_length')).toBe(true);
    const malformed = await db
      .query({ name: 'pets.find', text: 'SELECT $1::uuid', values: ['secret-name'] })
      .catch((error: unknown) => error);
    for (const error of [unique, foreign, long, malformed]) {
      expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toMatch(/secret-name|4711/);
      expect(error).not.toHaveProperty('cause');
    }
  });

  it('is usable after a statement failed inside a transaction', async () => {
    const { db } = database.current;
    const work = db.transaction(async (tx) => {
      await insert(tx, 1, 'Ada');
      await insert(tx, 1, 'Bob');
    });
    await expect(work).rejects.toMatchObject({ sqlState: '23505' });
    await insert(db, 1, 'Eve');
    expect(await names(db)).toEqual(['Eve']);
  });

  it('reports a transaction whose failed statement was caught as rolled back', async () => {
    const { db } = database.current;
    const work = db.transaction(async (tx) => {
      await insert(tx, 1, 'Ada');
      await insert(tx, 1, 'Bob').catch(() => undefined);
    });
    await expect(work).rejects.toMatchObject({ sqlState: '25P02', statement: 'transaction.commit' });
    expect(await names(db)).toEqual([]);
  });

  it('runs the statements of a transaction in the order of the calls, awaited or not', async () => {
    const { db } = database.current;
    await db.transaction(async (tx) => {
      await Promise.all([insert(tx, 1, 'Ada'), insert(tx, 2, 'Bob'), insert(tx, 3, 'Eve')]);
      // Not awaited: the commit waits for it.
      void insert(tx, 4, 'Mia');
    });
    expect(await names(db)).toEqual(['Ada', 'Bob', 'Eve', 'Mia']);
  });

  it('refuses a statement that is given to a transaction after its end', async () => {
    const leaked = await database.current.db.transaction(async (tx) => ({ tx }));
    await expect(insert(leaked.tx, 1, 'Ada')).rejects.toMatchObject({ code: 'closed' });
  });

  it('runs a transaction again after a serialization failure', async () => {
    let attempts = 0;
    const result = await database.current.db.transaction(async (tx) => {
      attempts++;
      await insert(tx, attempts, 'Ada');
      if (attempts < 3) await tx.query({ name: 'fail', text: RAISE_SERIALIZATION_FAILURE });
      return attempts;
    });
    expect(result).toBe(3);
    expect(await names(database.current.db)).toEqual(['Ada']);
  });

  it('gives up on a transaction that never serializes', async () => {
    let attempts = 0;
    const work = database.current.db.transaction(async (tx) => {
      attempts++;
      await tx.query({ name: 'fail', text: RAISE_SERIALIZATION_FAILURE });
    });
    await expect(work).rejects.toMatchObject({ sqlState: '40001' });
    expect(attempts).toBe(5);
  });

  it('copies rows inside a transaction, and rolls them back with it', async () => {
    const { db } = database.current;
    const copy = { name: 'pets.copy', table: 'pets', columns: ['id', 'name'] };
    await db.transaction(async (tx) => {
      await insert(tx, 1, 'Ada');
      await tx.copy({ ...copy, text: '2\tBob\\tby\n3\t\\N\n' });
      expect(await names(tx)).toEqual(['Ada', 'Bob\tby', null]);
    });
    const bytes = new TextEncoder().encode('ignored5\tZoë\n').subarray('ignored'.length);
    await db.copy({ ...copy, text: bytes });
    const work = db.transaction(async (tx) => {
      await tx.copy({ ...copy, text: '4\tEve\n' });
      throw new Error('no');
    });
    await expect(work).rejects.toThrow('no');
    expect(await names(db)).toEqual(['Ada', 'Bob\tby', null, 'Zoë']);
  });

  it('copies into a temporary table of the transaction', async () => {
    const count = await database.current.db.transaction(async (tx) => {
      await tx.query({ name: 'staging', text: 'CREATE TEMP TABLE staged (id int) ON COMMIT DROP' });
      await tx.copy({
        name: 'staging.copy',
        table: 'staged',
        columns: ['id'],
        text: Array.from({ length: 20_000 }, (_, id) => `${id}\n`).join(''),
      });
      return tx.query({ name: 'staging.count', text: 'SELECT count(*) FROM staged' });
    });
    expect(count).toEqual([{ count: 20_000 }]);
  });

  it('reports a failed copy like any statement, and stays usable', async () => {
    const { db } = database.current;
    const copy = { name: 'pets.copy', table: 'pets', columns: ['id', 'name'] };
    const work = db.transaction((tx) => tx.copy({ ...copy, text: '1\tAda\n1\tsecret-name\n' }));
    const error = await work.catch((reason: unknown) => reason);
    expect(isUniqueViolation(error, 'pets_key')).toBe(true);
    expect(error).toMatchObject({ statement: 'pets.copy' });
    const malformed = await db
      .copy({ ...copy, text: 'secret-name\tAda\n' })
      .catch((reason: unknown) => reason);
    expect(malformed).toMatchObject({ sqlState: '22P02' });
    expect(String(malformed)).not.toContain('secret-name');
    await expect(db.copy({ ...copy, table: 'nowhere', text: '' })).rejects.toMatchObject({
      sqlState: '42P01',
    });
    expect(await names(db)).toEqual([]);
  });

  it('serves fifty callers at the same time', async () => {
    const { db } = database.current;
    const calls = Array.from({ length: 50 }, async (_, id) => {
      if (id % 5 === 0) return db.transaction((tx) => insert(tx, id, `pet ${id}`));
      if (id % 7 === 0)
        return db.copy({ name: 'c', table: 'pets', columns: ['id', 'name'], text: `${id}\tpet ${id}\n` });
      return insert(db, id, `pet ${id}`);
    });
    await Promise.all(calls);
    expect(await names(db)).toEqual(Array.from({ length: 50 }, (_, id) => `pet ${id}`));
  });

  it('does not start a statement whose signal is already aborted', async () => {
    const signal = AbortSignal.abort(new Error('too late'));
    const call = database.current.db.query({ name: 'late', text: 'SELECT 1', signal });
    await expect(call).rejects.toThrow('too late');
  });

  it('delivers notifications of committed transactions to listeners', async () => {
    const { db } = database.current;
    const received: string[] = [];
    const stop = await db.listen('Jobs', (payload) => received.push(payload));
    const notify = (executor: Executor, payload: string) =>
      executor.query({ name: 'jobs.notify', text: `SELECT pg_notify('Jobs', $1)`, values: [payload] });
    await notify(db, 'first');
    await db
      .transaction((tx) => notify(tx, 'undone').then(() => Promise.reject(new Error('no'))))
      .catch(() => 0);
    await db.transaction((tx) => notify(tx, 'second'));
    await expect.poll(() => received).toEqual(['first', 'second']);
    await stop();
    await notify(db, 'unheard');
    await db.query({ name: 'after', text: 'SELECT 1' });
    expect(received).toEqual(['first', 'second']);
  });

  it('maintains itself outside of transactions', async () => {
    await expect(database.current.db.maintain()).resolves.toBeUndefined();
  });

  it('leaves the event loop free while a statement runs', async () => {
    const text = 'SELECT count(*) FROM generate_series(1, 3000000)';
    const counting = database.current.db.query({ name: 'count', text });
    let ticks = 0;
    let done = false;
    const finished = counting.finally(() => {
      done = true;
    });
    while (!done) {
      await delay(1);
      ticks++;
    }
    expect(await finished).toEqual([{ count: 3_000_000 }]);
    expect(ticks).toBeGreaterThan(20);
  });

  it('refuses statements after it is closed, and closes only once', async () => {
    const { db, drop } = await createTestDatabase(options);
    const pending = Array.from({ length: 20 }, () => db.query({ name: 'pending', text: 'SELECT 1 AS one' }));
    await Promise.all([db.close(), db.close()]);
    expect(await Promise.all(pending)).toEqual(Array.from({ length: 20 }, () => [{ one: 1 }]));
    await expect(db.query({ name: 'late', text: 'SELECT 1' })).rejects.toMatchObject({ code: 'closed' });
    await drop();
  });
});

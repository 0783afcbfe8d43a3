import { CopyRows } from '@latchkey/db/engine/copy-rows';
import type { Executor } from '@latchkey/db/engine/executor';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { engines, useTestDatabase } from './engines.js';

const columns = ['id', 'filler'];
const rowCount = 40_000;

/** 80 MB. */
function manyRows(): Buffer {
  const filler = 'abcdefgh'.repeat(250);
  return Buffer.from(Array.from({ length: rowCount }, (_, id) => `${id}\t${filler}\n`).join(''));
}

async function totals(db: Executor): Promise<unknown> {
  const text = `SELECT count(*) AS rows, coalesce(sum(id), 0)::bigint AS ids, coalesce(sum(length(filler)), 0)::bigint AS filler FROM copied`;
  const [row] = await db.query<unknown>({ name: 'copied.totals', text });
  return row;
}

const nothing = { rows: 0, ids: 0, filler: 0 };
const everything = { rows: rowCount, ids: (rowCount * (rowCount - 1)) / 2, filler: rowCount * 2_000 };

describe.each(engines)('a large COPY on $engine', (options) => {
  const database = useTestDatabase(options);

  beforeAll(async () => {
    const text = 'CREATE TABLE copied (id int PRIMARY KEY, filler text)';
    await database.current.db.query({ name: 'copied.create', text });
  });

  beforeEach(async () => {
    await database.current.db.query({ name: 'copied.clear', text: 'TRUNCATE copied' });
  });

  it('arrives whole', async () => {
    const { db } = database.current;
    await db.copy({ name: 'copied.copy', table: 'copied', columns, text: manyRows() });
    expect(await totals(db)).toEqual(everything);
  });

  it('leaves its text as it was, to be copied again', async () => {
    const { db } = database.current;
    const text = Buffer.from('1\tone\n2\ttwo\n');
    await db.copy({ name: 'copied.copy', table: 'copied', columns, text });
    await db.query({ name: 'copied.clear', text: 'TRUNCATE copied' });
    await db.copy({ name: 'copied.copy', table: 'copied', columns, text });
    expect(text.toString()).toBe('1\tone\n2\ttwo\n');
    expect(await totals(db)).toEqual({ rows: 2, ids: 3, filler: 6 });
  });

  it('leaves nothing behind when its last row is wrong, without quoting it, and the next one works', async () => {
    const { db } = database.current;
    const text = Buffer.concat([manyRows(), Buffer.from('secret-row\tx\n')]);
    const failure = await db
      .copy({ name: 'copied.copy', table: 'copied', columns, text })
      .catch((error: unknown) => error);
    expect(failure).toMatchObject({
      code: 'statement_failed',
      statement: 'copied.copy',
      sqlState: '22P02',
    });
    expect(String(failure)).not.toContain('secret-row');
    expect(await totals(db)).toEqual(nothing);
    await db.copy({ name: 'copied.copy', table: 'copied', columns, text: '7\tseven\n' });
    expect(await totals(db)).toEqual({ rows: 1, ids: 7, filler: 5 });
  });

  it('accepts a text without a row', async () => {
    const { db } = database.current;
    await db.copy({ name: 'copied.copy', table: 'copied', columns, text: '' });
    await db.copy({ name: 'copied.copy', table: 'copied', columns, text: new Uint8Array() });
    expect(await totals(db)).toEqual(nothing);
  });
});

const typed = {
  id: 'uuid',
  text: 'text',
  bytes: 'bytea',
  json: 'jsonb',
  at: 'timestamptz',
  big: 'bigint',
  whole: 'integer',
  real: 'double',
  truth: 'boolean',
} as const;
const id = '019b0000-0000-7000-8000-0000000000ff';
const nulls = {
  text: null,
  bytes: null,
  json: null,
  at: null,
  big: null,
  whole: null,
  real: null,
  truth: null,
};

describe.each(engines)('rows in the binary format on $engine', (options) => {
  const database = useTestDatabase(options);

  beforeAll(async () => {
    const text = `CREATE TABLE typed (id uuid, text text, bytes bytea, json jsonb, at timestamptz, big bigint, whole integer,
      real double precision, truth boolean)`;
    await database.current.db.query({ name: 'typed.create', text });
  });

  beforeEach(async () => {
    await database.current.db.query({ name: 'typed.clear', text: 'TRUNCATE typed' });
  });

  async function copied(
    given: readonly Parameters<CopyRows<keyof typeof typed>['append']>[0][],
  ): Promise<unknown[]> {
    const { db } = database.current;
    const rows = new CopyRows(typed, 16);
    for (const row of given) rows.append(row);
    await db.copy({ name: 'typed.copy', table: 'typed', columns: Object.keys(typed), binary: rows.take() });
    expect(rows.length).toBe(0);
    return db.query({ name: 'typed.read', text: 'SELECT * FROM typed ORDER BY whole' });
  }

  it.each([
    [
      'an ordinary row',
      {
        text: 'a\tb\\N\n',
        bytes: Buffer.from([0, 255]),
        json: '{"a": "\\u00e4"}',
        at: 1.7e12,
        big: 42,
        whole: 1,
        real: 0.1,
        truth: true,
      },
    ],
    [
      'the largest numbers',
      {
        text: 'カメラ 😀',
        bytes: Buffer.alloc(70_000, 7),
        json: '[]',
        at: Date.UTC(9999, 11, 31),
        big: Number.MAX_SAFE_INTEGER,
        whole: 2 ** 31 - 1,
        real: 1e300,
        truth: false,
      },
    ],
    [
      'the smallest numbers',
      {
        text: '',
        bytes: Buffer.alloc(0),
        json: 'null',
        at: Date.UTC(1, 0, 1),
        big: Number.MIN_SAFE_INTEGER,
        whole: -(2 ** 31),
        real: -1e300,
        truth: false,
      },
    ],
    ['the moment before the epoch of PostgreSQL', { ...nulls, at: Date.UTC(2000, 0, 1) - 1 }],
    ['nothing', nulls],
  ])('keep %s', async (_what, values) => {
    const [row] = await copied([{ id, ...values }]);
    const { json, at } = values;
    expect(row).toEqual({
      id,
      ...values,
      at: at === null ? null : new Date(at),
      json: json === null ? null : JSON.parse(json),
    });
  });

  it('take an id as bytes and as text of either case, and many rows', async () => {
    const many = Array.from({ length: 5_000 }, (_, whole) => ({
      ...nulls,
      id: [id, id.toUpperCase(), Buffer.from(id.replaceAll('-', ''), 'hex')][whole % 3],
      text: 'x'.repeat(whole % 50),
      whole,
    }));
    const rows = await copied(many);
    expect(rows).toEqual(many.map((row) => ({ ...row, id })));
  });

  it('are none', async () => {
    expect(await copied([])).toEqual([]);
  });
});

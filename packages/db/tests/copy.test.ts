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

import type { Executor } from '../engine/executor.js';

/** The clock of the machine on which the database runs. */
export async function getDatabaseTime(db: Executor): Promise<Date> {
  const text = 'SELECT clock_timestamp() AS now';
  const [row] = await db.query<{ now: Date }>({ name: 'clock.now', text });
  if (!row) throw new Error('The database told no time.');
  return row.now;
}

/** Null: there is no job. */
export async function getNewestJobTime(db: Executor): Promise<Date | null> {
  const text = 'SELECT created_at FROM upload_jobs ORDER BY created_at DESC LIMIT 1';
  return (await db.query<{ created_at: Date }>({ name: 'clock.newestJob', text }))[0]?.created_at ?? null;
}

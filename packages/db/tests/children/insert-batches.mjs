// Opens the database in argv[2] and commits batches of 100 rows; prints the number of each acknowledged batch.
import { writeSync } from 'node:fs';
import { openDatabase } from '@latchkey/db/engine/open-database';

const db = await openDatabase({ dataDir: process.argv[2] });
await db.query({
  name: 'create',
  text: 'CREATE TABLE IF NOT EXISTS batches (batch int, row int, filler text)',
});
const [{ next }] = await db.query({
  name: 'next',
  text: 'SELECT coalesce(max(batch), -1) + 1 AS next FROM batches',
});
for (let batch = next; ; batch++) {
  const rows = Array.from({ length: 100 }, (_, row) => `${batch}\t${row}\t${'x'.repeat(200)}\n`);
  await db.transaction(async (tx) => {
    await tx.copy({
      name: 'copy',
      table: 'batches',
      columns: ['batch', 'row', 'filler'],
      text: rows.join(''),
    });
  });
  writeSync(1, `${batch}\n`);
}

// Opens the database in argv[2] and imports argv[3] batches of 5,000 rows; prints its resident memory, in MB, every ten.
import { writeSync } from 'node:fs';
import { openDatabase } from '@latchkey/db/engine/open-database';

const rowsPerBatch = 5_000;
const db = await openDatabase({ dataDir: process.argv[2] });
await db.query({ name: 'rows.create', text: 'CREATE TABLE rows (id int PRIMARY KEY, filler text)' });
const filler = 'x'.repeat(400);
for (let batch = 1; batch <= Number(process.argv[3]); batch++) {
  const first = (batch - 1) * rowsPerBatch;
  const rows = Array.from({ length: rowsPerBatch }, (_, row) => `${first + row}\t${filler}\n`);
  await db.transaction((tx) =>
    tx.copy({
      name: 'rows.copy',
      table: 'rows',
      columns: ['id', 'filler'],
      text: Buffer.from(rows.join('')),
    }),
  );
  if (batch % 10 === 0) writeSync(1, `${Math.round(process.memoryUsage.rss() / 2 ** 20)}\n`);
}
await db.close();

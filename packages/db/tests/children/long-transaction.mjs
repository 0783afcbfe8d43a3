// Opens the database in argv[2] and copies 8 MB argv[3] times in one transaction; prints how often it has.
import { writeSync } from 'node:fs';
import { openDatabase } from '@latchkey/db/engine/open-database';

const batch = Array.from({ length: 4_400 }, (_, id) => `${id}\t${'x'.repeat(1_900)}\n`).join('');
const db = await openDatabase({ dataDir: process.argv[2] });
await db.query({ name: 'rows.create', text: 'CREATE TABLE rows (id int, filler text)' });
await db.transaction(async (tx) => {
  for (let copied = 1; copied <= Number(process.argv[3]); copied++) {
    await tx.copy({ name: 'rows.copy', table: 'rows', columns: ['id', 'filler'], text: batch });
    writeSync(1, `${copied}\n`);
  }
});
await db.close();

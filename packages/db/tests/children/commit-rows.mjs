// Opens the database in argv[2] and commits argv[3] rows one by one; between them and the close it prints a line.
import { writeSync } from 'node:fs';
import { openDatabase } from '@latchkey/db/engine/open-database';

const db = await openDatabase({ dataDir: process.argv[2] });
await db.query({ name: 'rows.create', text: 'CREATE TABLE IF NOT EXISTS rows (id int)' });
for (let id = 0; id < Number(process.argv[3]); id++) {
  await db.query({ name: 'rows.insert', text: 'INSERT INTO rows VALUES ($1)', values: [id] });
  writeSync(1, `committed ${id}\n`);
}
await db.close();

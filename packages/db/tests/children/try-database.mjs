// Opens the database in argv[2]; prints "open" and keeps it until its input ends, or prints why it could not and ends.
import { writeSync } from 'node:fs';
import { openDatabase } from '@latchkey/db/engine/open-database';

try {
  const db = await openDatabase({ dataDir: process.argv[2] });
  writeSync(1, 'open\n');
  process.stdin.on('end', () => db.close()).resume();
} catch (error) {
  writeSync(1, `${error.code}\n`);
}

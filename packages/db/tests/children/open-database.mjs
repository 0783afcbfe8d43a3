// Opens the database in argv[2], says so, and keeps it until it is killed or its input ends.
import { writeSync } from 'node:fs';
import { openDatabase } from '@latchkey/db/engine/open-database';

const db = await openDatabase({ dataDir: process.argv[2] });
writeSync(1, 'open\n');
process.stdin.on('end', () => db.close()).resume();

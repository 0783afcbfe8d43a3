import { openDirectorySpool } from '@latchkey/spool/directory-spool';

const [directory, key] = process.argv.slice(2);
const spool = await openDirectorySpool(directory);
async function* bytes() {
  for (let turn = 0; turn < 100; turn += 1) yield Buffer.alloc(10_000);
}
const told = (action) =>
  action.then(
    () => 'done',
    (error) => `${error.code}: ${error.message}`,
  );
process.stdout.write(`${await told(spool.write(key, bytes()))}\n${await told(spool.check())}\n`);

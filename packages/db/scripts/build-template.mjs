// Makes dist/pglite-template.tar.gz, an initialised data directory that the first start of an embedded
// database unpacks: initdb in WebAssembly takes seconds and about 900 MB.
import { readFile, rename, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { PGlite } from '@electric-sql/pglite';

const template = new URL('../dist/pglite-template.tar.gz', import.meta.url);
const stamp = new URL('../dist/pglite-template.version', import.meta.url);

const entryPoint = createRequire(import.meta.url).resolve('@electric-sql/pglite');
const { version } = JSON.parse(await readFile(new URL('../package.json', pathToFileURL(entryPoint)), 'utf8'));

async function isCurrent() {
  const [stamped] = await Promise.all([readFile(stamp, 'utf8'), readFile(template)]);
  return stamped === version;
}

if (!(await isCurrent().catch(() => false))) {
  const db = await PGlite.create();
  const dump = await db.dumpDataDir('gzip');
  await db.close();
  const unfinished = new URL(`${template.href}.${process.pid}`);
  await writeFile(unfinished, new Uint8Array(await dump.arrayBuffer()));
  await rename(unfinished, template);
  await writeFile(stamp, version);
}

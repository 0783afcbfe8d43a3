import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { deployFile, root } from './support/files.js';

const readme = readFileSync(join(root, 'README.md'), 'utf8');
const files = readdirSync(deployFile(''), { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name));

/** What the files of deploy/ give one another, and no setting of the server. */
const own = new Set(['LATCHKEY_IMAGE', 'LATCHKEY_DOMAIN', 'LATCHKEY_UPSTREAM']);

test('every setting that is used is one of the README', () => {
  const used = files.flatMap((file) => readFileSync(file, 'utf8').match(/\bLATCHKEY_[A-Z_]+\b/g) ?? []);
  expect(used.length).toBeGreaterThan(20);
  expect([...new Set(used)].filter((name) => !own.has(name) && !readme.includes(`\`${name}\``))).toEqual([]);
});

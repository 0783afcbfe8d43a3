import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkFormat } from './support/check-format.js';
import { terraformDirectory } from './support/provider-schema.js';

const modules = join(terraformDirectory, 'modules');
const files = readdirSync(modules, { recursive: true, encoding: 'utf8' }).filter((file) =>
  /\.(tf|hcl)$/.test(file),
);

test.each(files)('%s is formatted', (file) => {
  expect(checkFormat(readFileSync(join(modules, file), 'utf8'))).toEqual([]);
});

test.each([
  ['a wrong indentation', 'a {\n   b = 1\n}\n', 'line 2: indent it by 2'],
  [
    'equals signs that are not aligned',
    'a {\n  b = 1\n  long = 2\n}\n',
    'line 2: align the equals sign of b',
  ],
  [
    'alignment that is not needed',
    'a {\n  b    = 1\n\n  long = 2\n}\n',
    'line 2: align the equals sign of b',
  ],
  ['no blank after the equals sign', 'a {\n  b =1\n}\n', 'line 2: align the equals sign of b'],
  [
    'an argument of several lines in a group',
    'a {\n  b    = [\n    1,\n  ]\n  long = 2\n}\n',
    'line 2: align the equals sign of b',
  ],
  ['a blank at the end', 'a {\n  b = 1 \n}\n', 'line 2: ends with a blank'],
  ['a last line that does not end', 'a {\n}', 'the last line does not end'],
])('finds %s', (_, text, problem) => {
  expect(checkFormat(text)).toEqual([problem]);
});

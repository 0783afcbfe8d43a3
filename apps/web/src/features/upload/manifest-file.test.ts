import { limits } from '@latchkey/contract/limits';
import { expect, test } from 'vitest';
import { manifestFileProblem, withAddedFiles } from './manifest-file.js';

test('a JSON file can be imported, whatever the case of its ending', () => {
  expect(manifestFileProblem({ name: 'A.JSON', size: 2 })).toBeNull();
});

test.each([
  ['a.csv', 2, 'CSV'],
  ['a.txt', 2, 'neither'],
  ['a.json', 0, 'empty'],
  ['a.json', limits.manifestBytes + 1, 'Split'],
])('%s with %i bytes is refused', (name, size, part) => {
  expect(manifestFileProblem({ name, size })).toContain(part);
});

test('a file that is added twice is listed once', () => {
  const file = new File(['{}'], 'a.json', { lastModified: 1 });
  const same = new File(['{}'], 'a.json', { lastModified: 1 });
  const other = new File(['{}'], 'b.json', { lastModified: 1 });
  expect(withAddedFiles([file], [same, other]).map(({ name }) => name)).toEqual(['a.json', 'b.json']);
});

import { expect, test } from 'vitest';
import { manifestFileProblem, withAddedFiles } from './manifest-file.js';

const maxBytes = 1000;

test.each(['A.JSON', 'a.ndjson', 'a.jsonl', 'a.csv', 'a.tsv', 'a.json.gz', 'a.NDJSON.GZ'])(
  '%s can be imported',
  (name) => {
    expect(manifestFileProblem({ name, size: maxBytes }, maxBytes)).toBeNull();
  },
);

test.each([
  ['a.txt', 2, 'no manifest'],
  ['a.gz', 2, 'no manifest'],
  ['a.json', 0, 'empty'],
  ['a.ndjson', 1001, 'Split'],
])('%s with %i bytes is refused', (name, size, part) => {
  expect(manifestFileProblem({ name, size }, maxBytes)).toContain(part);
});

test('a file that is added twice is listed once', () => {
  const file = new File(['{}'], 'a.json', { lastModified: 1 });
  const same = new File(['{}'], 'a.json', { lastModified: 1 });
  const other = new File(['{}'], 'b.json', { lastModified: 1 });
  expect(withAddedFiles([file], [same, other]).map(({ name }) => name)).toEqual(['a.json', 'b.json']);
});

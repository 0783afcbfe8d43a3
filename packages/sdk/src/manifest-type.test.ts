import { expect, test } from 'vitest';
import { manifestTypeOf } from './manifest-type.js';

test.each([
  ['a.json', 'application/json', undefined],
  ['A.NDJSON', 'application/x-ndjson', undefined],
  ['a.b.jsonl', 'application/x-ndjson', undefined],
  ['a.csv', 'text/csv', undefined],
  ['a.json.gz', 'application/json', 'gzip'],
  ['a.ndjson.GZ', 'application/x-ndjson', 'gzip'],
])('%s is %s', (name, contentType, contentEncoding) => {
  expect(manifestTypeOf(name)).toEqual({ contentType, contentEncoding });
});

test.each(['a.txt', 'json', 'a.gz', 'a.json.zip', ''])('"%s" is no manifest', (name) => {
  expect(manifestTypeOf(name)).toBeNull();
});

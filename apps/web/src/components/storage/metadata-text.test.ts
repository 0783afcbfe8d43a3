import { expect, test } from 'vitest';
import { parseMetadata, prettyMetadata } from './metadata-text.js';

test('an object is taken, and nothing is an empty object', () => {
  expect(parseMetadata('{"site":"A","n":1}')).toEqual({ value: { site: 'A', n: 1 } });
  expect(parseMetadata('  ')).toEqual({ value: {} });
});

test('what is not a JSON object says what it should be', () => {
  expect(parseMetadata('{')).toMatchObject({ problem: expect.stringContaining('not JSON') });
  expect(parseMetadata('[1]')).toMatchObject({ problem: expect.stringContaining('JSON object') });
  expect(parseMetadata('null')).toMatchObject({ problem: expect.stringContaining('JSON object') });
});

test('keys that the server would refuse are named before it is asked', () => {
  expect(parseMetadata('{"$a":1}')).toMatchObject({ problem: expect.stringContaining('"$a"') });
});

test('text is made readable, and left alone when it is not JSON', () => {
  expect(prettyMetadata('{"a":1}')).toBe('{\n  "a": 1\n}');
  expect(prettyMetadata('{')).toBe('{');
});

import { expect, test } from 'vitest';
import { prettyJson } from './pretty-json.js';

test('the result is what JSON.stringify writes', () => {
  const value = { a: [1, { b: 'x, "y": {z}' }, []], c: {}, d: null, e: -1.5e3, f: [true, false] };
  expect(prettyJson(JSON.stringify(value))).toBe(JSON.stringify(value, null, 2));
  expect(prettyJson('"x"')).toBe('"x"');
});

test('large numbers and repeated keys stay as they are', () => {
  expect(prettyJson('{"a":12345678901234567890,"a":1.10}')).toBe(
    '{\n  "a": 12345678901234567890,\n  "a": 1.10\n}',
  );
});

test('what is not JSON gives nothing', () => {
  expect(prettyJson('{"a":1}\n{"a":2}')).toBeNull();
  expect(prettyJson('plain')).toBeNull();
});

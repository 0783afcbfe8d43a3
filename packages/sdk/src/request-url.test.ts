import { expect, test } from 'vitest';
import { requestPath, requestTarget } from './request-url.js';

test('fills the path, repeats the key of a list and leaves out what is undefined', () => {
  const query = { search: "a b&c'", desc: true, itemTypes: ['image', 'video'], pageToken: undefined };
  expect(requestPath('/folders/{folderUuid}/items', { folderUuid: 'a/b' }, query)).toBe(
    "/folders/a%2Fb/items?search=a%20b%26c'&desc=true&itemTypes=image&itemTypes=video",
  );
  expect(requestPath('/folders', {}, { itemTypes: [] })).toBe('/folders');
});

test('refuses a path with a part missing', () => {
  expect(() => requestPath('/folders/{folderUuid}', {})).toThrow(
    'The path /folders/{folderUuid} needs "folderUuid".',
  );
});

test('gives the target as a client of HTTP sends it', () => {
  expect(requestTarget("http://127.0.0.1:1/prefix/folders?search='x'")).toBe(
    '/prefix/folders?search=%27x%27',
  );
  expect(requestTarget('/folders')).toBe('/folders');
});

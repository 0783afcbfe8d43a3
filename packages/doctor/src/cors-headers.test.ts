import { expect, test } from 'vitest';
import { readCorsHeaders } from './cors-headers.js';

const origin = 'https://latchkey.example.com';

test('an answer for the origin, with ranges shown and Vary, allows all that viewers need', () => {
  const headers = new Headers({
    'access-control-allow-origin': origin,
    'access-control-expose-headers': 'ETag, Content-Range',
    vary: 'Accept-Encoding, Origin',
  });
  expect(readCorsHeaders(headers, origin)).toEqual({
    allowsOrigin: true,
    allowOrigin: origin,
    exposesRanges: true,
    variesByOrigin: true,
  });
});

test('an answer for any origin needs no Vary', () => {
  const headers = new Headers({ 'access-control-allow-origin': '*', 'access-control-expose-headers': '*' });
  expect(readCorsHeaders(headers, origin)).toMatchObject({
    allowsOrigin: true,
    exposesRanges: true,
    variesByOrigin: true,
  });
});

test('the origin of others, or none, allows nothing', () => {
  const other = new Headers({ 'access-control-allow-origin': 'https://other.example.com' });
  expect(readCorsHeaders(other, origin)).toMatchObject({ allowsOrigin: false, variesByOrigin: false });
  expect(readCorsHeaders(new Headers(), origin)).toMatchObject({ allowsOrigin: false, exposesRanges: false });
});

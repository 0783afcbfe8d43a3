import { expect, test } from 'vitest';
import { isWrongType } from './content-type.js';

test.each([
  ['image/jpeg', 'image'],
  ['IMAGE/PNG; q=1', 'image'],
  ['application/octet-stream', 'video'],
  ['binary/octet-stream', 'image'],
  [null, 'image'],
  ['audio/mp4', 'video'],
  ['application/ogg', 'audio'],
  ['application/json', 'text'],
  ['application/pdf', 'application/pdf'],
] as const)('%s is no contradiction to %s', (contentType, expected) => {
  expect(isWrongType(contentType, expected)).toBe(false);
});

test.each([
  ['text/html', 'image'],
  ['application/xml', 'video'],
  ['image/png', 'video'],
  ['video/mp4', 'text'],
  ['text/plain', 'application/pdf'],
] as const)('%s contradicts %s', (contentType, expected) => {
  expect(isWrongType(contentType, expected)).toBe(true);
});

import { expect, test } from 'vitest';
import { pathWithinApp } from './enter-app.js';

test('a path of the app is kept', () => {
  expect(pathWithinApp('/folders/1?x=2')).toBe('/folders/1?x=2');
});

test.each([null, '', '//evil.example', '/\\evil.example', 'https://evil.example', 'javascript:alert(1)'])(
  '%j leads to the start page',
  (next) => {
    expect(pathWithinApp(next)).toBe('/');
  },
);

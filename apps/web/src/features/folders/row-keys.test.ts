import { expect, test } from 'vitest';
import { rowCommand, rowMove } from './row-keys.js';

const plain = { ctrlKey: false, metaKey: false, shiftKey: false };

test('keys of a file manager do what they do there', () => {
  expect(rowCommand({ ...plain, key: 'Enter' })).toBe('open');
  expect(rowCommand({ ...plain, key: 'F2' })).toBe('rename');
  expect(rowCommand({ ...plain, key: 'Delete' })).toBe('delete');
  expect(rowCommand({ ...plain, key: ' ' })).toBe('toggle');
  expect(rowCommand({ ...plain, key: 'a', ctrlKey: true })).toBe('select-all');
  expect(rowCommand({ ...plain, key: 'F10', shiftKey: true })).toBe('menu');
  expect(rowCommand({ ...plain, key: 'x' })).toBeNull();
});

test('the focus moves by rows and pages and stays inside', () => {
  expect(rowMove('ArrowDown', 3, 10, 5)).toBe(4);
  expect(rowMove('PageDown', 7, 10, 5)).toBe(9);
  expect(rowMove('PageUp', 2, 10, 5)).toBe(0);
  expect(rowMove('End', 0, 10, 5)).toBe(9);
  expect(rowMove('x', 0, 10, 5)).toBeNull();
  expect(rowMove('ArrowDown', 0, 0, 5)).toBeNull();
});

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
  const table = { count: 10, perLine: 1, linesPerPage: 5 };
  expect(rowMove('ArrowDown', 3, table)).toBe(4);
  expect(rowMove('PageDown', 7, table)).toBe(9);
  expect(rowMove('PageUp', 2, table)).toBe(0);
  expect(rowMove('End', 0, table)).toBe(9);
  expect(rowMove('x', 0, table)).toBeNull();
  expect(rowMove('ArrowDown', 0, { ...table, count: 0 })).toBeNull();
});

test('tiles are beside each other', () => {
  const tiles = { count: 10, perLine: 4, linesPerPage: 2 };
  expect(rowMove('ArrowRight', 3, tiles)).toBe(4);
  expect(rowMove('ArrowDown', 3, tiles)).toBe(7);
  expect(rowMove('ArrowUp', 7, tiles)).toBe(3);
  expect(rowMove('PageDown', 1, tiles)).toBe(9);
  expect(rowMove('ArrowLeft', 0, { ...tiles, perLine: 1 })).toBeNull();
});

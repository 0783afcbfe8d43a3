import { expect, test } from 'vitest';
import { decodeParts, detectEncoding, rowsOfText } from './text-decoding.js';

const utf8 = new TextEncoder();

test('the encoding shows by its mark or by what fits', () => {
  expect(detectEncoding(new Uint8Array([0xff, 0xfe, 0x41, 0]))).toBe('utf-16le');
  expect(detectEncoding(new Uint8Array([0xfe, 0xff, 0, 0x41]))).toBe('utf-16be');
  expect(detectEncoding(utf8.encode('Zürich'))).toBe('utf-8');
  expect(detectEncoding(new Uint8Array([0x5a, 0xfc, 0x72]))).toBe('windows-1252');
});

test('a part that ends inside of a character is still UTF-8, and the parts join', () => {
  const bytes = utf8.encode('aü');
  expect(detectEncoding(bytes.subarray(0, 2))).toBe('utf-8');
  expect(decodeParts([bytes.subarray(0, 2), bytes.subarray(2)], 'utf-8')).toBe('aü');
});

test('lines are numbered whatever ends them', () => {
  expect(rowsOfText('a\nb\r\nc\rd')).toEqual([
    { line: 1, text: 'a' },
    { line: 2, text: 'b' },
    { line: 3, text: 'c' },
    { line: 4, text: 'd' },
  ]);
});

test('a long line becomes several rows of which the first has the number', () => {
  const rows = rowsOfText(`${'x'.repeat(4500)}\ny`);
  expect(rows.map(({ line, text }) => [line, text.length])).toEqual([
    [1, 2000],
    [null, 2000],
    [null, 500],
    [2, 1],
  ]);
});

import { expect, test } from 'vitest';
import { endOfPlainScalar, endOfPlainString } from './plain-tokens.js';

const endIn = (text: string, find: typeof endOfPlainString, start = 0): number => {
  const chunk = Buffer.from(text, 'latin1');
  return find(chunk, new DataView(chunk.buffer, chunk.byteOffset, chunk.length), start);
};
const isPlain = (byte: number) => byte >= 0x20 && byte < 0x80 && byte !== 0x22 && byte !== 0x5c;

test('any byte in any place but a quote and plain ASCII leaves a string to the exact reader', () => {
  for (let byte = 0; byte < 256; byte++)
    for (let place = 0; place < 8; place++) {
      const text = `${'~'.repeat(place)}${String.fromCharCode(byte)}${'\x7f'.repeat(8 - place)}"",1`;
      const end = isPlain(byte) ? 10 : byte === 0x22 ? place + 1 : -1;
      expect(endIn(text, endOfPlainString), `byte ${byte} in place ${place}`).toBe(end);
    }
});

test('a string is found to end wherever it ends, and left to the exact reader where the chunk ends before it', () => {
  for (let length = 0; length < 20; length++) {
    const text = `{"${'x'.repeat(length)}"`;
    expect(endIn(`${text}: 1}`, endOfPlainString, 2)).toBe(length + 3);
    expect(endIn(text.slice(0, -1), endOfPlainString, 2)).toBe(-1);
  }
});

test.each([
  ['0,', 1],
  ['-0 ', 2],
  ['10]', 2],
  ['-12.50}', 6],
  ['0.001\n', 5],
  ['00,', -1],
  ['-01,', -1],
  ['-,', -1],
  ['1.,', -1],
  ['.5,', -1],
  ['1e5,', -1],
  ['1-2,', -1],
  ['1:', -1],
  ['1"', -1],
  ['12', -1],
  ['1.5', -1],
  ['-', -1],
])('the number in %j ends at %s', (text, end) => {
  expect(endIn(text, endOfPlainScalar)).toBe(end);
});

test.each([
  ['true,1', 4],
  ['null]]', 4],
  ['false}', 5],
  ['null\r\n', 4],
  ['falsy}', -1],
  ['trues,', -1],
  ['True,1', -1],
  ['null"1', -1],
  ['true', -1],
  ['false', -1],
])('the literal in %j ends at %s', (text, end) => {
  expect(endIn(text, endOfPlainScalar)).toBe(end);
});

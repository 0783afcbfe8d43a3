import { describe, expect, it } from 'vitest';
import { bytesOf, records } from './file-fixtures.js';
import { readPcd } from './read-pcd.js';

const every = () => 1;
const header = (fields: string, sizes: string, types: string, count: number, data: string) =>
  `# .PCD v0.7 - Point Cloud Data file format\nVERSION 0.7\nFIELDS ${fields}\nSIZE ${sizes}\nTYPE ${types}\nCOUNT ${sizes.replaceAll(/\d/g, '1')}\nWIDTH ${count}\nHEIGHT 1\nVIEWPOINT 0 0 0 1 0 0 0\nPOINTS ${count}\nDATA ${data}\n`;

const row = (file: Uint8Array, index: number, stride = 1) => {
  const { columns } = readPcd(file, () => stride);
  return Object.fromEntries([...columns].map(([name, column]) => [name, column(index)]));
};

const twoPoints = records(2, 16, (view, at, index) => {
  [1.5, -2, 3].forEach((value, axis) => {
    view.setFloat32(at + axis * 4, value + index, true);
  });
  view.setUint32(at + 12, 0x0a141e + index, true);
});
/** The same, field by field, in LZF literals of up to 32 bytes. */
const planar = records(2, 16, (view, _at, index) => {
  [1.5, -2, 3].forEach((value, axis) => {
    view.setFloat32(axis * 8 + index * 4, value + index, true);
  });
  view.setUint32(24 + index * 4, 0x0a141e + index, true);
});
const expected = { x: 2.5, y: -1, z: 4, red: 10, green: 20, blue: 31 };

function lengths(packed: number, unpacked: number): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setUint32(0, packed, true);
  new DataView(bytes.buffer).setUint32(4, unpacked, true);
  return bytes;
}

describe('the PCD reader', () => {
  it('reads text, with colours packed into a float as PCL writes them', () => {
    // 0x0a141e as the bits of a float.
    const colour = new DataView(new Uint32Array([0x0a141e]).buffer).getFloat32(0, true);
    const file = bytesOf(
      header('x y z rgb', '4 4 4 4', 'F F F F', 2, 'ascii'),
      `1 2 3 ${colour}\n4 nan 6 ${colour}\n`,
    );
    expect(row(file, 0)).toEqual({ x: 1, y: 2, z: 3, red: 10, green: 20, blue: 30 });
    expect(row(file, 1)).toMatchObject({ x: 4, y: Number.NaN });
  });

  it('keeps each n-th point of a text', () => {
    const file = bytesOf(header('x y z', '4 4 4', 'F F F', 3, 'ascii'), '1 0 0\n2 0 0\n3 0 0\n');
    const points = readPcd(file, () => 2);
    expect(points).toMatchObject({ count: 2, total: 3 });
    expect(points.columns.get('x')?.(1)).toBe(3);
  });

  it('reads binary points', () => {
    const file = bytesOf(header('x y z rgb', '4 4 4 4', 'F F F F', 2, 'binary'), twoPoints);
    expect(row(file, 1)).toEqual(expected);
  });

  it('reads compressed points, which lie field by field', () => {
    const packed = bytesOf(new Uint8Array([31]), planar);
    const file = bytesOf(
      header('x y z rgb', '4 4 4 4', 'F F F F', 2, 'binary_compressed'),
      lengths(packed.length, 32),
      packed,
    );
    expect(row(file, 1)).toEqual(expected);
  });

  it('unpacks repetitions', () => {
    // One zero, then seven and three times 9 more from the byte before: 1 + (7 + 22 + 2) = 32 zeros.
    const packed = new Uint8Array([0, 0, 0xe0, 22, 0]);
    const file = bytesOf(
      header('x y z rgb', '4 4 4 4', 'F F F F', 2, 'binary_compressed'),
      lengths(packed.length, 32),
      packed,
    );
    expect(row(file, 1)).toEqual({ x: 0, y: 0, z: 0, red: 0, green: 0, blue: 0 });
  });

  it.each([
    ['without DATA', 'VERSION 0.7\nFIELDS x y z\n', /no line "DATA"/],
    ['without FIELDS', 'VERSION 0.7\nPOINTS 1\nDATA ascii\n1 2 3\n', /no line "FIELDS"/],
    [
      'of an unknown type',
      'FIELDS x y z\nSIZE 3 4 4\nTYPE F F F\nPOINTS 1\nDATA binary\n12345678901',
      /"x" has the type F of 3 bytes/,
    ],
    [
      'that ends too early',
      `${header('x y z', '4 4 4', 'F F F', 9, 'binary')}1234`,
      /promises 9 points.*the file ends at byte/,
    ],
    [
      'with text for a number',
      `${header('x y z', '4 4 4', 'F F F', 1, 'ascii')}1 two 3\n`,
      /Point 1 has "two"/,
    ],
    ['with too few lines', `${header('x y z', '4 4 4', 'F F F', 2, 'ascii')}1 2 3\n`, /ends after 1/],
  ])('refuses a file %s, and says why', (_what, text, message) => {
    expect(() => readPcd(bytesOf(text), every)).toThrow(message);
  });
});

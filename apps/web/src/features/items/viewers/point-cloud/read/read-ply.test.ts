import { describe, expect, it } from 'vitest';
import { bytesOf, records } from './file-fixtures.js';
import { readPly } from './read-ply.js';

const every = () => 1;
const header = (format: string, points: number) =>
  `ply\nformat ${format} 1.0\ncomment made for a test\nelement vertex ${points}\nproperty float x\nproperty float y\nproperty float z\nproperty uchar red\nproperty uchar green\nproperty uchar blue\nelement face 1\nproperty list uchar int vertex_indices\nend_header\n`;
const expected = { x: 1.5, y: -2, z: 3, red: 10, green: 20, blue: 30 };

const binary = (isLittleEndian: boolean) =>
  records(2, 15, (view, at, index) => {
    [1.5, -2, 3].forEach((value, axis) => {
      view.setFloat32(at + axis * 4, index * value, isLittleEndian);
    });
    [10, 20, 30].forEach((value, channel) => {
      view.setUint8(at + 12 + channel, index * value);
    });
  });

const row = (file: Uint8Array, index: number) =>
  Object.fromEntries([...readPly(file, every).columns].map(([name, column]) => [name, column(index)]));

describe('the PLY reader', () => {
  it.each([
    ['ascii', bytesOf(header('ascii', 2), '0 0 0 0 0 0\n1.5 -2 3 10 20 30\n3 0 1 1\n')],
    ['binary_little_endian', bytesOf(header('binary_little_endian', 2), binary(true))],
    ['binary_big_endian', bytesOf(header('binary_big_endian', 2), binary(false))],
  ])('reads the vertices of %s and leaves the faces', (format, file) => {
    const points = readPly(file, every);
    expect(points).toMatchObject({
      count: 2,
      total: 2,
      colourMax: 255,
      format: `PLY (${format.replaceAll('_', ' ')})`,
    });
    expect(row(file, 1)).toEqual(expected);
  });

  it('knows line ends of Windows in the header', () => {
    const file = bytesOf(header('binary_little_endian', 2).replaceAll('\n', '\r\n'), binary(true));
    expect(row(file, 1)).toEqual(expected);
  });

  it.each([
    ['no end of the header', 'ply\nformat ascii 1.0\n', /no line "end_header"/],
    ['an unknown format', header('packed', 1), /no known format/],
    [
      'no vertices first',
      header('ascii', 1).replace('element face 1', 'element vertex 1').replace('vertex', 'face'),
      /begin with its vertices/,
    ],
    ['a list in a vertex', header('ascii', 1).replace('uchar red', 'list uchar int red'), /the list "red"/],
    ['too few bytes', `${header('binary_little_endian', 5)}abc`, /promises 5 points/],
  ])('refuses %s, and says why', (_what, text, message) => {
    expect(() => readPly(bytesOf(text), every)).toThrow(message);
  });
});

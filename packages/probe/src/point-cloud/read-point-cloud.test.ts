import { describe, expect, test } from 'vitest';
import { probe } from '../probe.js';
import { countedSource, paddedSource } from '../testing/counted-source.js';
import { concat, latin1Bytes } from '../testing/dicom-bytes.js';
import { lasBytes } from '../testing/las-bytes.js';
import { readPointCloud } from './read-point-cloud.js';

const read = (bytes: Uint8Array) => readPointCloud(countedSource(bytes));
const zeros = (length: number) => new Uint8Array(length);

const pcd = (data: string, points = 3) =>
  latin1Bytes(
    `# .PCD v.7 - Point Cloud Data file format\nVERSION .7\nFIELDS x y z rgb\nSIZE 4 4 4 4\nTYPE F F F F\nCOUNT 1 1 1 1\nWIDTH ${points}\nHEIGHT 1\nVIEWPOINT 0 0 0 1 0 0 0\nPOINTS ${points}\nDATA ${data}\n`,
  );
const ply = (format: string, vertices = 3, comment = '') =>
  latin1Bytes(
    `ply\nformat ${format} 1.0\n${comment}element vertex ${vertices}\nproperty float x\nproperty float y\nproperty double z\nproperty uchar red\nelement face 1\nproperty list uchar int vertex_indices\nend_header\n`,
  );
const plyRows = latin1Bytes('0 0 0 1\n1 1 1 1\n2 2 2 2\n3 0 1 2\n');
const compressedSize = new Uint8Array([20, 0, 0, 0, 48, 0, 0, 0]);

describe('readPointCloud', () => {
  test.each([
    ['PCD ascii', concat([pcd('ascii'), latin1Bytes('0 0 0 1\n1 1 1 1\n2 2 2 2\n')]), 'application/x-pcd'],
    ['PCD binary', concat([pcd('binary'), zeros(48)]), 'application/x-pcd'],
    [
      'PCD binary_compressed',
      concat([pcd('binary_compressed'), compressedSize, zeros(20)]),
      'application/x-pcd',
    ],
    ['PLY ascii', concat([ply('ascii'), plyRows]), 'application/x-ply'],
    [
      'PLY binary_little_endian',
      concat([ply('binary_little_endian'), zeros(3 * 17 + 13)]),
      'application/x-ply',
    ],
    ['PLY binary_big_endian', concat([ply('binary_big_endian'), zeros(3 * 17 + 13)]), 'application/x-ply'],
    ['LAS 1.0', lasBytes({ minor: 0, points: 3 }), 'application/vnd.las'],
    ['LAS 1.2', lasBytes({ minor: 2, points: 3 }), 'application/vnd.las'],
    ['LAS 1.4', lasBytes({ minor: 4, points: 3 }), 'application/vnd.las'],
    ['LAZ 1.2', lasBytes({ minor: 2, points: 3, isCompressed: true }), 'application/vnd.laszip'],
  ])('counts the points of %s', async (_, bytes, mimeType) => {
    expect((await read(bytes)).metadata).toEqual({ fileSize: bytes.length, mimeType, numPoints: 3 });
  });

  test('counts beyond 32 bits in LAS 1.4', async () => {
    const points = 5_000_000_000;
    const header = lasBytes({ minor: 4, points, isHeaderOnly: true });
    const source = paddedSource(header, header.length + points * 20);
    expect((await readPointCloud(source)).metadata.numPoints).toBe(points);
    expect(source).toMatchObject({ reads: 1, bytesRead: 4096 });
  });

  test('takes the old counter of a LAS 1.4 that fills no other', async () => {
    const bytes = lasBytes({ minor: 4, points: 3 });
    bytes.fill(0, 247, 255);
    expect((await read(bytes)).metadata.numPoints).toBe(3);
  });

  test('reads on where comments make the header longer than 4 KiB', async () => {
    const comment = `comment ${'x'.repeat(70)}\n`.repeat(100);
    const bytes = concat([ply('binary_little_endian', 3, comment), zeros(64)]);
    const source = paddedSource(bytes, 10_000_000);
    expect((await readPointCloud(source)).metadata.numPoints).toBe(3);
    expect(source.bytesRead).toBe(65_536);
  });

  test('counts the points of a grid without the line POINTS', async () => {
    const bytes = latin1Bytes(
      'VERSION 0.5\nFIELDS x\nSIZE 4\nTYPE F\nWIDTH 4\nHEIGHT 3\nDATA ascii\n'.concat('1\n'.repeat(12)),
    );
    expect((await read(bytes)).metadata.numPoints).toBe(12);
  });

  test.each([
    ['E57', 'ASTM-E57\0\0'],
    ['MCAP', '\x89MCAP0\r\n'],
    ['ROS bag', '#ROSBAG V2.0\n'],
    ['ROS 2 bag', 'SQLite format 3\0'],
  ])('names %s as not measured', async (name, start) => {
    await expect(probe('pointCloud', countedSource(latin1Bytes(start)))).rejects.toMatchObject({
      code: 'unsupported',
      message: expect.stringContaining(name),
    });
  });

  test.each([
    ['an empty object', zeros(0), 'empty'],
    ['a PCD whose points are missing', concat([pcd('binary'), zeros(40)]), 'truncated'],
    [
      'a compressed PCD that ends early',
      concat([pcd('binary_compressed'), compressedSize, zeros(3)]),
      'truncated',
    ],
    ['a PCD that ends in its header', pcd('binary').subarray(0, 100), 'truncated'],
    ['a PLY whose points are missing', concat([ply('binary_big_endian'), zeros(50)]), 'truncated'],
    ['a PLY that ends in its header', ply('ascii').subarray(0, 60), 'truncated'],
    ['a LAS whose points are missing', lasBytes({ minor: 2, points: 3 }).subarray(0, 270), 'truncated'],
    ['a LAS that ends in its header', lasBytes({ minor: 4, points: 3 }).subarray(0, 240), 'truncated'],
    ['a LAS of another version', lasBytes({ minor: 7, points: 3 }), 'unsupported'],
    ['a PCD without fields', latin1Bytes('VERSION .7\nPOINTS 3\nDATA ascii\n1\n2\n3\n'), 'corrupt'],
    [
      'a PLY without vertices',
      latin1Bytes('ply\nformat ascii 1.0\nelement face 0\nend_header\n'),
      'wrong_type',
    ],
    ['another file', latin1Bytes('%PDF-1.7 and more'), 'wrong_type'],
  ])('refuses %s', async (_, bytes, code) => {
    await expect(read(bytes)).rejects.toMatchObject({ name: 'ProbeError', code });
  });

  test('gives up on a header that does not end within 1 MiB', async () => {
    const source = paddedSource(ply('ascii').subarray(0, 60), 1e9);
    await expect(readPointCloud(source)).rejects.toMatchObject({ code: 'corrupt' });
    expect(source.bytesRead).toBe(2 ** 20);
  });
});

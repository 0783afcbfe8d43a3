import { describe, expect, it } from 'vitest';
import { bytesOf } from './file-fixtures.js';
import { formatOf } from './file-format.js';

const las = (format: number) => {
  const bytes = bytesOf('LASF', new Uint8Array(300));
  bytes[104] = format;
  return bytes;
};

describe('the format of a point cloud', () => {
  it.each([
    ['# .PCD v0.7\nVERSION 0.7\n', 'pcd'],
    ['VERSION .7\nFIELDS x y z\n', 'pcd'],
    ['ply\nformat ascii 1.0\n', 'ply'],
    ['ply\r\nformat ascii 1.0\r\n', 'ply'],
    [las(3), 'las'],
    [las(0x83), 'laz'],
  ])('is known by the first bytes', (bytes, format) => {
    expect(formatOf(bytesOf(bytes))).toBe(format);
  });

  it.each([
    ['ASTM-E57\x01', 'an E57 file'],
    ['#ROSBAG V2.0\n', 'a ROS bag'],
    [new Uint8Array([0x89, 0x4d, 0x43, 0x41, 0x50, 0x30]), 'an MCAP recording'],
    ['SQLite format 3\0', 'a ROS 2 bag (SQLite)'],
  ])('names what is known and not shown', (bytes, what) => {
    expect(formatOf(bytesOf(bytes))).toEqual({ what });
  });

  it('is not known for other bytes', () => {
    expect(formatOf(bytesOf('<!doctype html>'))).toBeNull();
  });
});

import { describe, expect, it } from 'vitest';
import { bytesOf } from './file-fixtures.js';
import { refusalOf } from './other-file.js';

describe('the refusal of another file', () => {
  it.each([
    ['ASTM-E57\x01', 'an E57 point cloud'],
    ['#ROSBAG V2.0\n', 'a ROS bag'],
    [new Uint8Array([0x89, 0x4d, 0x43, 0x41, 0x50, 0x30]), 'an MCAP recording'],
    ['SQLite format 3\0', 'a ROS 2 bag (SQLite)'],
    [new Uint8Array([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]), 'a PNG image'],
  ])('names what the file is', (bytes, what) => {
    expect(refusalOf(bytesOf(bytes))).toBe(`The file is ${what}. Shown are PCD, PLY, LAS and LAZ.`);
  });

  it.each([['ply\nformat ascii 1.0\n'], ['# .PCD v0.7\n'], ['LASF'], ['<!doctype html>']])(
    'does not speak against "%s"',
    (text) => {
      expect(refusalOf(bytesOf(text))).toBeNull();
    },
  );
});

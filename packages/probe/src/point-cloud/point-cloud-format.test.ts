import { describe, expect, test } from 'vitest';
import { concat, latin1Bytes } from '../testing/dicom-bytes.js';
import { lasBytes } from '../testing/las-bytes.js';
import { findPointCloudFormat } from './point-cloud-format.js';

describe('findPointCloudFormat', () => {
  test.each([
    ['pcd', latin1Bytes('# .PCD v0.7\nVERSION 0.7\n')],
    ['pcd', latin1Bytes('VERSION .7\nFIELDS x y z\n')],
    ['ply', latin1Bytes('ply\nformat ascii 1.0\n')],
    ['ply', latin1Bytes('ply\r\nformat ascii 1.0\r\n')],
    ['las', lasBytes({ minor: 2, points: 0 })],
    ['laz', lasBytes({ minor: 2, points: 0, isCompressed: true })],
  ])('knows %s by its first bytes', (format, bytes) => {
    expect(findPointCloudFormat(concat([bytes, new Uint8Array(9000)]))).toBe(format);
  });

  test.each([['ASTM-E57\x01'], ['<!doctype html>'], ['polygon'], ['']])('does not know "%s"', (text) => {
    expect(findPointCloudFormat(latin1Bytes(text))).toBeNull();
  });
});

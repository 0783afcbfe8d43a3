import { gzipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { countedSource, paddedSource } from '../testing/counted-source.js';
import { niftiBytes } from '../testing/nifti-bytes.js';
import { readNifti } from './read-nifti.js';

const read = (bytes: Uint8Array) => readNifti(countedSource(bytes));

describe('readNifti', () => {
  test.each([
    { version: 1, littleEndian: true },
    { version: 1, littleEndian: false },
    { version: 2, littleEndian: true },
    { version: 2, littleEndian: false },
  ] as const)('reads NIfTI-$version, little endian $littleEndian', async (form) => {
    const bytes = niftiBytes({ ...form, dims: [5, 4, 3, 2] });
    expect((await read(bytes)).metadata).toEqual({
      fileSize: bytes.length,
      mimeType: 'application/x-nifti',
      width: 5,
      height: 4,
      depth: 3,
      numVolumes: 2,
    });
  });

  test('reads a compressed one by its first bytes', async () => {
    const bytes = gzipSync(niftiBytes({ dims: [64, 64, 30] }));
    const source = paddedSource(bytes, 100_000_000);
    expect((await readNifti(source)).metadata).toEqual({
      fileSize: 100_000_000,
      mimeType: 'application/gzip',
      width: 64,
      height: 64,
      depth: 30,
      numVolumes: 1,
    });
    expect(source.bytesRead).toBe(4096);
  });

  test('reads 4 KiB of a large image', async () => {
    const source = paddedSource(niftiBytes({ dims: [64, 64, 30, 400] }).subarray(0, 1000), 98_304_352);
    expect((await readNifti(source)).metadata.numVolumes).toBe(400);
    expect(source).toMatchObject({ reads: 1, bytesRead: 4096 });
  });

  test('finds the header behind a long file name in the gzip header', async () => {
    const packed = gzipSync(niftiBytes({ dims: [2, 2, 2] }), { filename: 'x'.repeat(10_000) });
    expect((await read(packed)).metadata.depth).toBe(2);
  });

  test('takes what a flat image lacks for 1, and all further dimensions for volumes', async () => {
    expect((await read(niftiBytes({ dims: [7, 6] }))).metadata).toMatchObject({ depth: 1, numVolumes: 1 });
    expect((await read(niftiBytes({ dims: [2, 2, 2, 1, 3] }))).metadata.numVolumes).toBe(3);
  });

  test('says that the header of a pair has no image', async () => {
    await expect(read(niftiBytes({ dims: [2, 2, 2], isPair: true }))).rejects.toMatchObject({
      code: 'unsupported',
      message: expect.stringContaining('.img'),
    });
  });

  test('says what an Analyze header is', async () => {
    const bytes = niftiBytes({ dims: [2, 2, 2] });
    bytes.fill(0, 344, 348);
    await expect(read(bytes)).rejects.toMatchObject({
      code: 'unsupported',
      message: expect.stringContaining('Analyze 7.5'),
    });
  });

  const whole = niftiBytes({ dims: [8, 8, 8] });
  test.each([
    ['an empty object', new Uint8Array(0), 'empty'],
    ['an image cut short', whole.subarray(0, 800), 'truncated'],
    ['a header cut short', whole.subarray(0, 200), 'truncated'],
    ['a compressed header cut short', gzipSync(whole).subarray(0, 25), 'truncated'],
    ['another file', new TextEncoder().encode('%PDF-1.7 '.repeat(100)), 'wrong_type'],
    ['another file in gzip', gzipSync(new TextEncoder().encode('hello '.repeat(500))), 'wrong_type'],
    [
      'a gzip header and nothing that gzip knows',
      new Uint8Array([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0, 7, 7]),
      'corrupt',
    ],
  ])('refuses %s', async (_, bytes, code) => {
    await expect(read(bytes)).rejects.toMatchObject({ name: 'ProbeError', code });
  });

  test('refuses impossible dimensions', async () => {
    const bytes = niftiBytes({ dims: [8, 8, 8] });
    new DataView(bytes.buffer).setInt16(42, -1, true);
    await expect(read(bytes)).rejects.toMatchObject({ code: 'corrupt' });
    new DataView(bytes.buffer).setInt16(40, 9, true);
    await expect(read(bytes)).rejects.toMatchObject({ code: 'corrupt' });
  });
});

import { readFileSync } from 'node:fs';
import { gunzipSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { UnreadableFile } from '../../failure/unreadable-file.js';
import { readNiftiFile } from './nifti-file.js';

const packed = readFileSync(
  new URL('../../../../../../../packages/bucket/media/nifti/head-in-motion.nii.gz', import.meta.url),
);
const plain = () => new Uint8Array(gunzipSync(packed));

const reasonOf = async (bytes: Uint8Array<ArrayBuffer>) => {
  const error = await readNiftiFile(bytes).then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(UnreadableFile);
  return (error as UnreadableFile).message;
};

function changed(change: (view: DataView) => void): Uint8Array<ArrayBuffer> {
  const bytes = plain();
  change(new DataView(bytes.buffer));
  return bytes;
}

test('reads size and volumes, packed or not', async () => {
  const facts = { size: [64, 76, 56], volumeCount: 4 };
  expect(await readNiftiFile(new Uint8Array(packed))).toMatchObject(facts);
  expect(await readNiftiFile(plain())).toMatchObject(facts);
});

test('reads a header of the other byte order', async () => {
  const big = changed((view) => {
    view.setInt32(0, 348, false);
    for (const [offset, value] of [
      [40, 3],
      [42, 64],
      [44, 76],
      [46, 56],
      [70, 2],
      [72, 8],
    ] as const)
      view.setInt16(offset, value, false);
    view.setFloat32(108, 352, false);
  });
  expect(await readNiftiFile(big)).toMatchObject({ size: [64, 76, 56], volumeCount: 1 });
});

test('says where a file is cut off', async () => {
  expect(await reasonOf(new Uint8Array(packed.subarray(0, 9000)))).toMatch(/gzip data is cut off/);
  expect(await reasonOf(plain().slice(0, 1000))).toBe(
    'The file is cut off: its header promises 1.1 MB, and 1.0 kB are there.',
  );
  expect(await reasonOf(plain().slice(0, 100))).toMatch(/within its header, after 100 bytes/);
  expect(await reasonOf(new Uint8Array())).toBe('The file is empty.');
});

test('says what it cannot draw', async () => {
  expect(await reasonOf(changed((view) => view.setInt16(70, 32, true)))).toMatch(/complex numbers/);
  expect(await reasonOf(changed((view) => view.setInt16(70, 999, true)))).toMatch(/unknown data type 999/);
  expect(await reasonOf(changed((view) => view.setInt16(42, 0, true)))).toMatch(/no size of the volume/);
  const pair = changed((view) => view.setUint8(345, 'i'.charCodeAt(0)));
  expect(await reasonOf(pair)).toMatch(/its voxels lie in a second file/);
  expect(await reasonOf(new Uint8Array(gzipSync('x'.repeat(400))))).toMatch(/This is not a NIfTI file/);
});

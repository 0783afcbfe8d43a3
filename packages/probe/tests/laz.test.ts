import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { measure } from '../src/probe.js';
import { countedSource } from '../src/testing/counted-source.js';

const valley = new Uint8Array(readFileSync(new URL('./fixtures/valley.laz', import.meta.url)));

test('a LAZ file of another writer is measured by its header', async () => {
  const source = countedSource(valley);
  expect(await measure('pointCloud', source)).toEqual({
    metadata: { fileSize: valley.length, mimeType: 'application/vnd.laszip', numPoints: 1250 },
    facts: { format: 'LAZ 1.2' },
  });
  expect(source.bytesRead).toBeLessThan(valley.length);
});

test('a LAZ file that ends in its header is truncated, and one named an image is of a wrong type', async () => {
  const cut = countedSource(valley.subarray(0, 200));
  await expect(measure('pointCloud', cut)).rejects.toMatchObject({ code: 'truncated' });
  await expect(measure('image', countedSource(valley))).rejects.toMatchObject({
    code: 'wrong_type',
    message: expect.stringContaining('Expected an image, found a LAS point cloud'),
  });
});

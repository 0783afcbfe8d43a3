import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readNifti } from '../../src/nifti/read-nifti.js';
import { countedSource } from '../../src/testing/counted-source.js';
import { askPython } from './tools.js';

test('readNifti finds the sizes that nibabel finds in the images that it is tested with', async () => {
  const truth = Object.entries(askPython('nifti-truth.py', null) as Record<string, number[] | null>);
  expect(truth.length).toBeGreaterThan(5);
  for (const [path, shape] of truth) {
    if (!shape) continue;
    const { metadata } = await readNifti(countedSource(new Uint8Array(readFileSync(path))));
    const [width, height = 1, depth = 1, ...volumes] = shape;
    const numVolumes = volumes.reduce((product, side) => product * side, 1);
    expect(metadata, path).toMatchObject({ width, height, depth, numVolumes });
  }
});

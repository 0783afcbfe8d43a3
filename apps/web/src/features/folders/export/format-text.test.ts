import { expect, test } from 'vitest';
import { missingTypes } from './format-text.js';

test('a format names the types that it cannot hold', () => {
  expect(missingTypes('manifest-csv')).toEqual([]);
  expect(missingTypes('label-studio')).toEqual(['DICOM series', 'NIfTI', 'Scene', 'Group']);
  expect(missingTypes('fiftyone-videos')).toContain('Image');
});

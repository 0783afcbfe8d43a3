import type { UploadJob } from '@latchkey/contract/schemas/upload-job';
import { expect, test } from 'vitest';
import { chosenOutcomes, outcomeCounts, unitPlaceText } from './unit-outcomes.js';

test('the counts of the outcomes add up to the units of the manifest', () => {
  const job = {
    unitsPendingCount: 1,
    unitsDoneCount: 2,
    unitsSkippedCount: 7,
    unitsRenewedCount: 3,
    unitsErrorCount: 5,
    unitsCancelledCount: 6,
  } as UploadJob;
  expect(outcomeCounts(job)).toEqual({
    pending: 1,
    created: 2,
    skipped: 4,
    renewed: 3,
    error: 5,
    cancelled: 6,
  });
});

test('the address of the page names the outcomes to show, and what is none is left out', () => {
  expect(chosenOutcomes(new URLSearchParams('outcome=error&outcome=created&outcome=lost'))).toEqual([
    'created',
    'error',
  ]);
  expect(chosenOutcomes(new URLSearchParams())).toEqual([]);
});

test('a place is named when its array is known', () => {
  expect(unitPlaceText({ kind: 'images', element: 3 })).toBe('images[3]');
  expect(unitPlaceText({ kind: null, element: 3 })).toBe('');
});

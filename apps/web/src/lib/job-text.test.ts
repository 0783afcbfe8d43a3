import type { UploadJob } from '@latchkey/contract/schemas/upload-job';
import { expect, test } from 'vitest';
import { cancelText, jobCountsText, jobOutcomeText, placeText } from './job-text.js';

const job: UploadJob = {
  uploadJobUuid: 'j',
  folderUuid: 'f',
  folderName: 'Folder',
  integrationHash: null,
  status: 'DONE',
  phase: 'finished',
  fileName: 'a.json',
  ignoreErrors: true,
  skipDuplicateUrls: true,
  upsertMetadata: false,
  allowExpiredUrls: false,
  owner: 'a@b.example',
  unitsTotalCount: 1100,
  unitsCheckedCount: 0,
  unitsToMeasureCount: 0,
  unitsMeasuredCount: 0,
  unitsUnmeasurableCount: 0,
  unitsPendingCount: 0,
  unitsDoneCount: 1090,
  unitsSkippedCount: 8,
  unitsRenewedCount: 2,
  unitsErrorCount: 2,
  unitsCancelledCount: 0,
  errors: [],
  warnings: [],
  createdAt: '2026-05-05T12:00:00Z',
  startedAt: '2026-05-05T12:00:00Z',
  finishedAt: null,
  unitsPerSecond: null,
  secondsLeft: 0,
};

test('the counts name what is not zero', () => {
  expect(jobCountsText(job)).toBe('1,090 registered, 8 skipped (2 with a renewed URL), 2 failed');
  expect(jobCountsText({ ...job, unitsSkippedCount: 0, unitsErrorCount: 0, unitsCancelledCount: 1 })).toBe(
    '1,090 registered, 1 cancelled',
  );
});

test('the outcome tells a clean end from one with failed files', () => {
  expect(jobOutcomeText(job)).toBe('Finished, 2 files could not be registered');
  expect(jobOutcomeText({ ...job, unitsErrorCount: 0 })).toBe('Finished');
  expect(jobOutcomeText({ ...job, status: 'ERROR' })).toBe('Failed: nothing was registered');
});

test('a cancelled job says that what was registered stays', () => {
  expect(jobOutcomeText({ ...job, status: 'CANCELLED' })).toBe('Cancelled: what was registered before stays');
  expect(jobOutcomeText({ ...job, status: 'CANCELLED', unitsDoneCount: 0 })).toBe('Cancelled');
});

test('before a cancel it is said what it keeps', () => {
  const running = { ...job, unitsPendingCount: 1 };
  expect(cancelText(running)).toBe(
    'Cancel the 1 file that is not registered yet? The 1,090 files that are registered already will stay.',
  );
  expect(cancelText({ ...running, unitsDoneCount: 0 })).toContain('Nothing is registered yet.');
  expect(cancelText({ ...running, ignoreErrors: false })).toContain('all files or none');
});

test('a place says what is known of it', () => {
  const place = { kind: 'images', element: 3, field: 'objectUrl', line: 12, column: 5 };
  expect(placeText(place)).toBe('images[3].objectUrl, line 12, column 5');
  expect(placeText({ ...place, kind: null, element: null, column: null })).toBe('objectUrl, line 12');
  expect(placeText({ ...place, kind: null, field: null })).toBe('line 12, column 5');
  expect(placeText({ kind: null, element: null, field: null, line: null, column: null })).toBe('');
});

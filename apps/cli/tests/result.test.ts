import type { UploadJobResult } from '@latchkey/contract/schemas/upload-job';
import { expect, test } from 'vitest';
import { exitCodeOf, placeText, resultForPrograms, resultLines } from '../src/registration/result.js';

const uuid = '0198c1a2-0000-7000-8000-000000000001';
const done: UploadJobResult = {
  uploadJobUuid: uuid,
  folderUuid: uuid,
  folderName: 'Streets',
  integrationHash: uuid,
  status: 'DONE',
  phase: 'finished',
  fileName: 'streets.json',
  ignoreErrors: true,
  skipDuplicateUrls: true,
  upsertMetadata: false,
  allowExpiredUrls: false,
  owner: 'ada@example.com',
  unitsTotalCount: 4,
  unitsCheckedCount: 0,
  unitsToMeasureCount: 0,
  unitsMeasuredCount: 0,
  unitsUnmeasurableCount: 0,
  unitsPendingCount: 0,
  unitsDoneCount: 4,
  unitsSkippedCount: 0,
  unitsRenewedCount: 0,
  unitsErrorCount: 0,
  unitsCancelledCount: 0,
  errors: [],
  warnings: [],
  createdAt: '2026-01-01T00:00:00Z',
  startedAt: '2026-01-01T00:00:00Z',
  finishedAt: '2026-01-01T00:00:01Z',
  unitsPerSecond: 4,
  secondsLeft: 0,
  itemsWithNames: [{ itemUuid: uuid, name: 'a' }],
  unitErrors: [],
};
const failed: UploadJobResult = {
  ...done,
  unitsDoneCount: 3,
  unitsErrorCount: 1,
  unitErrors: [
    {
      objectUrls: ['https://bucket.example.com/b.jpg'],
      error: 'The host is not allowed.',
      subtaskUuid: uuid,
      actionDescription: 'Register image',
      code: 'host_not_allowed',
      hint: 'Add the host to the integration.',
      title: null,
      place: { kind: 'images', element: 1, line: 3, column: 5, field: 'objectUrl' },
    },
  ],
};

test('answers the exit code of each outcome', () => {
  expect(exitCodeOf(done)).toBe(0);
  expect(exitCodeOf(failed)).toBe(1);
  expect(exitCodeOf({ ...done, status: 'ERROR' })).toBe(1);
  expect(exitCodeOf({ ...done, status: 'CANCELLED' })).toBe(4);
});

test('shows counts and every failed unit with place, code, message and hint', () => {
  const text = resultLines(failed).join('\n');
  expect(text).toMatch(/registered +3\n +failed +1\n +in the manifest +4\n/);
  expect(text).toContain('https://bucket.example.com/b.jpg');
  expect(text).toContain('images[1].objectUrl, line 3, column 5');
  expect(text).toContain('host_not_allowed: The host is not allowed.');
  expect(text).toContain('Add the host to the integration.');
});

test('says how many failed units it leaves out', () => {
  const [unit] = failed.unitErrors;
  const many = { ...failed, unitsErrorCount: 5000, unitErrors: Array(1000).fill(unit) };
  expect(resultLines(many)).toContain('  and 4900 more.');
  expect(resultForPrograms(many)).toMatchObject({ areUnitErrorsComplete: false });
});

test('says how to get all failed units, and a manifest of them in the form that was registered', () => {
  const text = resultLines(failed).join('\n');
  expect(text).toContain(`All 1 as CSV:  latchkey job errors ${uuid} --folder ${uuid}`);
  expect(text).toContain(`latchkey job failed-units ${uuid} --folder ${uuid} --out failed-units.json`);
  const lines = resultLines({ ...failed, fileName: 'streets.jsonl' });
  expect(lines.at(-1)).toContain('--out failed-units.ndjson');
  expect(resultLines(done).join('\n')).not.toContain('latchkey job');
});

test('leaves the names of the items out of what programs get', () => {
  expect(resultForPrograms(done)).not.toHaveProperty('itemsWithNames');
  expect(resultForPrograms(done)).toMatchObject({ unitsDoneCount: 4, areUnitErrorsComplete: true });
});

test('names a place by what is known of it', () => {
  const nowhere = { kind: null, element: null, line: null, column: null, field: null };
  expect(placeText(nowhere)).toBe('the manifest');
  expect(placeText({ ...nowhere, kind: 'videos' })).toBe('videos');
  expect(placeText({ ...nowhere, line: 1, column: 2 })).toBe('line 1, column 2');
});

import type { UnitResult } from '@latchkey/contract/schemas/upload-job';
import { expect, test } from 'vitest';
import { unitLine } from '../src/registration/unit-line.js';

const itemUuid = '0198c1a2-0000-7000-8000-000000000001';
const created: UnitResult = {
  position: 12,
  outcome: 'created',
  itemUuid,
  objectUrl: 'https://bucket.example.com/a.jpg',
  title: 'A',
  place: { kind: 'images', element: 3 },
  error: null,
};

test('a line names position, outcome, item, place, title and URL', () => {
  expect(unitLine(created)).toBe(
    `        12  created    ${itemUuid}  images[3]  A  https://bucket.example.com/a.jpg`,
  );
});

test('a failed unit has its code and message, one without anything known just a dash', () => {
  const error = { code: 'object_url_missing', message: 'There is no URL.', hint: 'Add it.' };
  const failed = {
    ...created,
    outcome: 'error',
    itemUuid: null,
    objectUrl: null,
    title: null,
    error,
  } as const;
  expect(unitLine(failed)).toMatch(/12 {2}error +- +images\[3\] {2}object_url_missing: There is no URL\.$/);
  const place = { kind: null, element: null };
  expect(unitLine({ ...failed, outcome: 'pending', place, error: null })).toMatch(/12 {2}pending +-$/);
});

test('a unit of several items has the first, and says how many more there are', () => {
  const furtherItems = [{ itemUuid, title: 'exam, series 2' }];
  const line = unitLine({ ...created, title: 'exam, series 1', objectUrl: null, furtherItems });
  expect(line).toMatch(/ {2}exam, series 1 {2}and 1 more$/);
});

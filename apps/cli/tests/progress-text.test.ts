import type { UploadJob } from '@latchkey/contract/schemas/upload-job';
import { expect, test } from 'vitest';
import { durationText, progressOf } from '../src/progress-text.js';

const running = {
  status: 'PENDING',
  phase: 'registering',
  ignoreErrors: true,
  unitsTotalCount: 1_000_000,
  unitsCheckedCount: 0,
  unitsToMeasureCount: 0,
  unitsMeasuredCount: 0,
  unitsUnmeasurableCount: 0,
  unitsPendingCount: 400_000,
  startedAt: '2026-01-01T00:00:00Z',
  unitsPerSecond: 20_000.4,
  secondsLeft: 20,
} as UploadJob;

test('names phase, count, rate and time left', () => {
  expect(progressOf(running)).toEqual({
    value: 600_000,
    total: 1_000_000,
    text: 'registering 600,000 of 1,000,000, 20,000 units/s, 20 s left',
  });
});

test('tells what the server has measured of the parts that it measures', () => {
  const measuring = { ...running, unitsToMeasureCount: 800, unitsMeasuredCount: 300 };
  expect(progressOf(measuring)).toMatchObject({
    value: 600_300,
    text: expect.stringContaining('registering 600,000 of 1,000,000, measured 300 of 800, 20,000'),
  });
  expect(progressOf({ ...measuring, unitsUnmeasurableCount: 5 }).text).toContain(
    'measured 305 of 800 (5 failed)',
  );
});

test('counts what is checked before an all-or-nothing job registers all at once', () => {
  const whole = { ...running, ignoreErrors: false, unitsPendingCount: 1_000_000 };
  const checking = progressOf({ ...whole, phase: 'checking', unitsCheckedCount: 5000 });
  expect(checking.value).toBe(5000);
  expect(checking.text).toContain('checking 5,000 of 1,000,000');
  const registering = progressOf({ ...whole, unitsPerSecond: 0, secondsLeft: null });
  expect(registering).toMatchObject({ value: 0, text: 'registering all 1,000,000 at once' });
});

test('leaves out what is not known before the first part is taken up', () => {
  const waiting = { ...running, startedAt: null, unitsPerSecond: null, secondsLeft: null };
  expect(progressOf({ ...waiting, unitsPendingCount: 1_000_000 }).text).toBe(
    'waiting to start, 1,000,000 units',
  );
});

test.each([
  [0.2, '1 s'],
  [59, '59 s'],
  [185, '3 min 5 s'],
  [1510, '25 min'],
  [7800, '2 h 10 min'],
])('%d seconds are %s', (seconds, text) => {
  expect(durationText(seconds)).toBe(text);
});

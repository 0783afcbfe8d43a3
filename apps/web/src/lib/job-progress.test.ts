import type { UploadJob } from '@latchkey/contract/schemas/upload-job';
import { expect, test } from 'vitest';
import {
  isCommittingAtOnce,
  jobPhaseText,
  jobRateText,
  percentOfPhase,
  titleProgress,
} from './job-progress.js';

const running = {
  status: 'PENDING',
  phase: 'registering',
  ignoreErrors: true,
  unitsTotalCount: 10_000,
  unitsCheckedCount: 0,
  unitsToMeasureCount: 0,
  unitsMeasuredCount: 0,
  unitsUnmeasurableCount: 0,
  unitsPendingCount: 4000,
  startedAt: '2026-05-05T12:00:00Z',
  unitsPerSecond: 12_345.4,
  secondsLeft: 185,
} as UploadJob;

test('the phase says how far it is', () => {
  expect(jobPhaseText(running)).toBe('Registering 6,000 of 10,000 files');
  expect(percentOfPhase(running)).toBe(60);
});

test('an all-or-nothing job counts what is checked, and then registers all at once', () => {
  const whole = { ...running, ignoreErrors: false, unitsPendingCount: 10_000 };
  const checking = { ...whole, phase: 'checking', unitsCheckedCount: 2500 } as const;
  expect(jobPhaseText(checking)).toBe('Checking 2,500 of 10,000 files');
  expect(percentOfPhase(checking)).toBe(25);
  expect(isCommittingAtOnce(checking)).toBe(false);
  expect(isCommittingAtOnce(whole)).toBe(true);
  expect(jobPhaseText(whole)).toBe('Registering all 10,000 files at once');
});

test('what the server measures is told beside what is settled', () => {
  const measuring = { ...running, unitsToMeasureCount: 2000, unitsMeasuredCount: 1100 };
  expect(jobPhaseText(measuring)).toBe('Registering 6,000 of 10,000 files; measured 1,100 of 2,000');
  expect(percentOfPhase(measuring)).toBe(71);
  const failing = { ...measuring, unitsUnmeasurableCount: 100, phase: 'checking' } as const;
  expect(jobPhaseText(failing)).toBe(
    'Checking 0 of 10,000 files; measured 1,200 of 2,000, 100 of them failed',
  );
});

test('a job that nobody has taken up waits', () => {
  expect(jobPhaseText({ ...running, startedAt: null })).toBe('Waiting to start: 10,000 files');
});

test('rate and time left are told as far as they are known', () => {
  expect(jobRateText(running)).toBe('12,345 files a second, about 3 min 5 s left');
  expect(jobRateText({ ...running, unitsPerSecond: 0.2, secondsLeft: null })).toBe('1 file a second');
  expect(jobRateText({ ...running, unitsPerSecond: null, secondsLeft: null })).toBe('');
});

test('the title of the tab says how far all running jobs are together', () => {
  const checking = {
    ...running,
    phase: 'checking',
    unitsCheckedCount: 0,
    unitsPendingCount: 10_000,
  } as const;
  expect(titleProgress([running])).toBe('60%');
  expect(titleProgress([running, checking, { ...running, status: 'DONE' }])).toBe('30%');
  expect(titleProgress([{ ...running, unitsTotalCount: 0, unitsPendingCount: 0 }])).toBe('…');
  expect(titleProgress([{ ...running, status: 'DONE' }])).toBe(null);
});

import { expect, test } from 'vitest';
import type { MeasuringState } from './measuring.js';
import { countsText, objectPlaceText, rateText, surveyText } from './measuring-text.js';
import { emptySurvey } from './survey.js';

const state: MeasuringState = {
  phase: 'measuring',
  survey: { ...emptySurvey, units: 2000, lacking: 1000, lackingUnits: 1000 },
  done: 120,
  failed: 0,
  failures: [],
  unread: [],
  startedAt: 0,
  doneBefore: 20,
  verification: null,
  error: null,
};

test.each([
  [{ units: 1, lackingUnits: 1 }, '1 file, without media metadata'],
  [{ units: 3, lackingUnits: 3 }, '3 files, all without media metadata'],
  [{ units: 2000, lackingUnits: 1 }, '2,000 files; 1 of them has no media metadata'],
  [{ units: 3, lackingUnits: 0 }, '3 files'],
])('%j is told as %s', (survey, text) => {
  expect(surveyText({ ...emptySurvey, ...survey })).toBe(text);
});

test('tells what is measured, and what failed once something did', () => {
  expect(countsText(state)).toBe('120 of 1,000 measured');
  expect(countsText({ ...state, failed: 3 })).toBe('120 of 1,000 measured, 3 failed');
});

test('tells rate and time left of this run alone, and nothing before there is some', () => {
  expect(rateText(state, 10_000)).toBe('10 files a second, about 1 min 28 s left');
  expect(rateText({ ...state, done: 20 }, 10_000)).toBe('');
  expect(rateText({ ...state, done: 1000 }, 10_000)).toBe('98 files a second');
});

test('names the unit, its member and its line', () => {
  const unit = { kind: 'imageGroups', element: 3, line: 12, title: null } as const;
  const object = {
    kind: 'image',
    objectUrl: 'https://h/1',
    identity: 'i',
    origin: 'https://h',
    expiresAt: null,
    metadata: null,
    field: null,
    isNeeded: true,
  } as const;
  expect(objectPlaceText({ unit, object: { ...object, member: 2 } })).toBe(
    'imageGroups[3], line 12, member 2',
  );
  expect(objectPlaceText({ unit, object: { ...object, member: null } })).toBe('imageGroups[3], line 12');
  const field = 'scene.front.events[0].uri';
  expect(
    objectPlaceText({ unit: { ...unit, kind: 'scenes' }, object: { ...object, member: 2, field } }),
  ).toBe(`scenes[3], line 12, ${field}`);
});

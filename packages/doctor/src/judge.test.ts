import { expect, test } from 'vitest';
import type { ObjectAnswer } from './ask-object.js';
import type { Circumstances } from './diagnose.js';
import { judge } from './judge.js';

const given: Circumstances = {
  url: 'https://bucket.example.com/a.mp4',
  expiresAt: null,
  now: Date.parse('2026-11-01T00:00:00Z'),
  pageProtocol: 'https:',
  isBlockedByPolicy: false,
  expected: 'video',
};
const error = { code: null, message: null, region: null, address: null };
const answer = (status: number, contentRange: string | null, contentType = 'video/mp4'): ObjectAnswer => ({
  kind: 'answer',
  status,
  contentType,
  contentRange,
  error,
});

test('an object that comes whole and by ranges, and is shown, is fine', () => {
  const seen = { answer: answer(206, 'bytes 0-0/9'), elementShows: true };
  expect(judge(seen, given)).toEqual({ kind: 'fine' });
  expect(judge({ ...seen, elementShows: null }, given)).toEqual({ kind: 'fine' });
});

test('ranges that cannot be seen and ranges that are not sent are told apart', () => {
  expect(judge({ answer: answer(206, null), elementShows: true }, given)).toEqual({ kind: 'ranges-hidden' });
  expect(judge({ answer: answer(200, null), elementShows: true }, given)).toEqual({ kind: 'no-ranges' });
});

test('a type that contradicts counts where the element does not show the object, or none was there to try', () => {
  const wrong = answer(206, 'bytes 0-0/9', 'text/html');
  expect(judge({ answer: wrong, elementShows: false }, given).kind).toBe('wrong-type');
  expect(judge({ answer: wrong, elementShows: null }, given).kind).toBe('wrong-type');
  expect(judge({ answer: wrong, elementShows: true }, given).kind).toBe('fine');
});

test('an object that arrives and is not shown is unreadable', () => {
  expect(judge({ answer: answer(206, 'bytes 0-0/9'), elementShows: false }, given).kind).toBe('unreadable');
});

test('a refusal is judged as it is diagnosed', () => {
  expect(judge({ answer: answer(404, null), elementShows: false }, given).kind).toBe('not-found');
  expect(judge({ answer: { kind: 'hidden-answer' }, elementShows: null }, given).kind).toBe('no-cors');
});

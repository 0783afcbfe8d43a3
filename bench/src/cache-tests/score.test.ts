import { expect, it } from 'vitest';
import { count, judge, testsOf } from './score.js';

const groups = [
  {
    id: 'group',
    tests: [
      { id: 'kept' },
      { id: 'reused', kind: 'optimal', depends_on: ['kept'] },
      { id: 'stale', depends_on: ['lost'] },
      { id: 'lost', kind: 'required' },
      { id: 'page', browser_only: true },
      { id: 'unset', kind: 'check' },
    ],
  },
] as const;

it('judges a test by its result, its set-up and those that it builds on', () => {
  const tests = testsOf(groups);
  const outcomes = judge(tests, {
    kept: true,
    reused: true,
    stale: true,
    lost: ['Assertion', 'Response 2 comes from cache'],
    unset: ['Setup', 'Response 1 status is 502, not 200'],
  });
  expect(Object.fromEntries(outcomes)).toEqual({
    kept: 'passed',
    reused: 'passed',
    stale: 'none',
    lost: 'failed',
    unset: 'none',
  });
  expect(count(tests, outcomes, 'required')).toEqual({ passed: 1, failed: 1, none: 1 });
  expect(count(tests, outcomes, 'optimal')).toEqual({ passed: 1, failed: 0, none: 0 });
});

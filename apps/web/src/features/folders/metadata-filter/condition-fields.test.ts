import { expect, test } from 'vitest';
import { conditionOf, conditionText, operatorsFor } from './condition-fields.js';

const score = { ty: 'variant', hint: 'number' } as const;
const weather = { ty: 'enum', values: ['rain', 'snow'] };

test('what is typed becomes a condition of the type of the key', () => {
  expect(conditionOf('score', score, '>=', [' 0.5 '])).toEqual({
    key: 'score',
    operator: '>=',
    values: [0.5],
  });
  expect(conditionOf('night', { ty: 'boolean' }, '=', ['true'])).toMatchObject({ values: [true] });
  expect(conditionOf('weather', { ...weather, ty: 'enum' }, 'in', ['rain', 'snow'])).toMatchObject({
    values: ['rain', 'snow'],
  });
  expect(conditionOf('score', score, 'exists', [])).toMatchObject({ operator: 'exists', values: [] });
});

test('what does not fit says why, and nothing typed is no condition yet', () => {
  expect(conditionOf('score', score, '=', ['high'])).toMatchObject({
    problem: expect.stringContaining('a number'),
  });
  expect(conditionOf('score', score, '=', [''])).toBeNull();
});

test('a condition is told in words', () => {
  expect(conditionText({ key: 'weather', operator: 'in', values: ['rain', 'snow'] })).toBe(
    'weather is one of rain, snow',
  );
  expect(conditionText({ key: 'weather', operator: 'exists', values: [] })).toBe('weather has a value');
  expect(operatorsFor({ ty: 'geospatial' })).toEqual(['exists']);
});

import { expect, test } from 'vitest';
import { fieldsOf, isComplete, keyProblem, newKey, typeOf } from './key-fields.js';

test('a key is written as the official client writes it', () => {
  expect(typeOf({ ...newKey, valueType: 'number' })).toEqual({ ty: 'variant', hint: 'number' });
  expect(typeOf({ ...newKey, valueType: 'enum', values: ['a'] })).toEqual({ ty: 'enum', values: ['a'] });
  expect(typeOf({ ...newKey, valueType: 'embedding', size: 3 })).toEqual({ ty: 'embedding', size: 3 });
});

test('a key that keeps its type keeps what else the type says', () => {
  const type = { ty: 'varchar', max_length: 20 } as const;
  expect(typeOf(fieldsOf('note', type), type)).toEqual(type);
  expect(typeOf({ ...fieldsOf('note', type), valueType: 'text' }, type)).toEqual({
    ty: 'variant',
    hint: 'text',
  });
});

test('a key that cannot be added says why, and one that lacks its values is not complete', () => {
  expect(keyProblem('weather', {})).toBeNull();
  expect(keyProblem('weather', { weather: { ty: 'boolean' } })).toContain('already');
  expect(keyProblem('$x', {})).toContain('starts with "$"');
  expect(isComplete({ ...newKey, key: 'k' })).toBe(true);
  expect(isComplete({ ...newKey, key: 'k', valueType: 'enum' })).toBe(false);
  expect(isComplete({ ...newKey, key: 'k', valueType: 'embedding', size: 5000 })).toBe(false);
});

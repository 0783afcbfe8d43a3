import { expect, test } from 'vitest';
import { changeText } from './change-text.js';

test('a change is told in a few words', () => {
  const fields = ['clientMetadata', 'name'];
  expect(changeText({ action: 'item.change', details: { fields } })).toBe('Changed: client metadata, name');
  expect(changeText({ action: 'item.change', details: {} })).toBe('Changed together with other items');
  expect(changeText({ action: 'item.storage.migrate', details: { hasNewUrl: true } })).toBe('URL renewed');
  expect(changeText({ action: 'item.storage.migrate', details: { hasNewUrl: false } })).toBe(
    'Integration changed',
  );
  expect(
    changeText({ action: 'item.edit-metadata', details: { setKeys: ['a', 'b'], removedKeys: ['c'] } }),
  ).toBe('Client metadata: set a, b; removed c');
});

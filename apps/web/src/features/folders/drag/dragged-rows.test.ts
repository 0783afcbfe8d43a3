import type { Folder } from '@latchkey/contract/schemas/folder';
import type { Item } from '@latchkey/contract/schemas/item';
import { expect, test } from 'vitest';
import { folderRow, itemRow } from '../rows.js';
import { canDropOn } from './dragged-rows.js';

const folder = folderRow({ uuid: 'folder', parent: 'above' } as Folder);
const item = itemRow({ uuid: 'item', parent: 'above' } as Item);

test('rows can be dropped where they are not yet, folders not into themselves, items not on the top level', () => {
  expect(canDropOn([folder, item], 'other')).toBe(true);
  expect(canDropOn([folder], null)).toBe(true);
  expect(canDropOn([folder, item], null)).toBe(false);
  expect(canDropOn([folder], 'folder')).toBe(false);
  expect(canDropOn([folder, item], 'above')).toBe(false);
  expect(canDropOn([], 'other')).toBe(false);
});

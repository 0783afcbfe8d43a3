import type { Folder } from '@latchkey/contract/schemas/folder';
import type { Item } from '@latchkey/contract/schemas/item';
import { siblingsAround } from '../../components/storage/siblings.js';
import { countOf } from '../../lib/format.js';

export type Row =
  | { readonly kind: 'folder'; readonly key: string; readonly folder: Folder }
  | { readonly kind: 'item'; readonly key: string; readonly item: Item };

/** The same row for the same object, so that a page that comes in draws no row again that was there before. */
function kept<Source extends object>(make: (source: Source) => Row): (source: Source) => Row {
  const rows = new WeakMap<Source, Row>();
  return (source) => {
    const row = rows.get(source) ?? make(source);
    rows.set(source, row);
    return row;
  };
}

export const folderRow = kept<Folder>((folder) => ({ kind: 'folder', key: `folder:${folder.uuid}`, folder }));
export const itemRow = kept<Item>((item) => ({ kind: 'item', key: `item:${item.uuid}`, item }));

export const nameOf = (row: Row): string => (row.kind === 'folder' ? row.folder.name : row.item.name);
export const pathOf = (row: Row): string =>
  row.kind === 'folder' ? `/folders/${row.folder.uuid}` : `/items/${row.item.uuid}`;

export const foldersOf = (rows: readonly Row[]): Folder[] =>
  rows.flatMap((row) => (row.kind === 'folder' ? [row.folder] : []));
export const itemsOf = (rows: readonly Row[]): Item[] =>
  rows.flatMap((row) => (row.kind === 'item' ? [row.item] : []));

/** `2 folders and 1 item`. */
export function describeRows(rows: readonly Row[]): string {
  const folders = foldersOf(rows).length;
  const items = rows.length - folders;
  const parts = [
    ...(folders > 0 ? [countOf(folders, 'folder')] : []),
    ...(items > 0 ? [countOf(items, 'item')] : []),
  ];
  return parts.join(' and ');
}

export function siblingsOf(rows: readonly Row[], itemUuid: string): string[] {
  const uuids = itemsOf(rows).map((item) => item.uuid);
  return siblingsAround(uuids, uuids.indexOf(itemUuid));
}

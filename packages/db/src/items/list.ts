import type { Executor } from '../engine/executor.js';
import { sharedFolders } from '../folders/visibility.js';
import {
  type Keyset,
  keysetConditions,
  keysetOrder,
  Parameters,
  searchConditions,
  whereAll,
} from '../paging/keyset.js';
import { type ItemRow, itemColumns } from './reader.js';

export type ItemScope =
  /** `below`: the folder and all folders below it. */
  | { readonly kind: 'folder' | 'below'; readonly folderId: string }
  | { readonly kind: 'sharedWith'; readonly userId: string }
  | { readonly kind: 'everywhere' };

export interface ItemFilter {
  readonly scope: ItemScope;
  readonly search: string | null;
  readonly types: readonly string[] | null;
  /** Also what makes the object URLs whole. */
  readonly withSecrets: boolean;
}

/**
 * One page; the caller has checked that the scope is open to the user. Every folder of the scope gives at the most
 * one page in the order of its index, so the cost follows the number of folders and not that of their items.
 */
export async function listItems(db: Executor, filter: ItemFilter, keyset: Keyset): Promise<ItemRow[]> {
  const parameters = new Parameters();
  const folders = foldersOf(filter.scope, parameters);
  const where = whereAll([
    'i.folder_id = scope.id',
    ...(filter.types ? [`i.type = ANY (${parameters.add(filter.types)}::text[])`] : []),
    ...searchConditions('i', filter.search, parameters),
    ...keysetConditions('i', keyset, parameters),
  ]);
  const limit = parameters.add(keyset.limit);
  const text = `WITH page AS (
      SELECT found.* FROM (${folders}) scope CROSS JOIN LATERAL (
        SELECT i.folder_id, i.id, i.name FROM items i ${where} ${keysetOrder('i', keyset)} LIMIT ${limit}) found
      ${keysetOrder('found', keyset)} LIMIT ${limit})
    SELECT ${itemColumns(filter.withSecrets)} FROM page
    JOIN items i ON i.folder_id = page.folder_id AND i.id = page.id JOIN users u ON u.id = i.created_by
    ${keysetOrder('page', keyset)}`;
  return db.query<ItemRow>({ name: 'items.list', text, values: parameters.values });
}

function foldersOf(scope: ItemScope, parameters: Parameters): string {
  switch (scope.kind) {
    case 'folder':
      return `SELECT ${parameters.add(scope.folderId)}::uuid AS id`;
    case 'below':
      return `SELECT f.id FROM folders f WHERE f.path @> ARRAY[${parameters.add(scope.folderId)}::uuid]`;
    case 'sharedWith':
      return `SELECT f.id FROM folders f WHERE f.path && ${sharedFolders(parameters.add(scope.userId))}`;
    case 'everywhere':
      return 'SELECT f.id FROM folders f';
  }
}

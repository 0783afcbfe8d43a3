import type { Executor } from '../engine/executor.js';
import {
  type Keyset,
  keysetConditions,
  keysetOrder,
  Parameters,
  searchConditions,
  whereAll,
} from '../paging/keyset.js';
import { type FolderRow, type FolderViewer, folderColumns } from './reader.js';
import { sharedFolders } from './visibility.js';

export type FolderScope =
  /** `includeAll`: also what is not shared with the viewer. */
  | { readonly kind: 'topLevel'; readonly includeAll: boolean }
  | { readonly kind: 'anywhere'; readonly includeAll: boolean }
  | { readonly kind: 'children'; readonly folderId: string }
  | { readonly kind: 'below'; readonly folderId: string };

/** One page; the caller has checked that the viewer may see the folder of the scope. */
export async function listFolders(
  db: Executor,
  viewer: FolderViewer,
  scope: FolderScope,
  search: string | null,
  keyset: Keyset,
): Promise<FolderRow[]> {
  const parameters = new Parameters();
  const userId = parameters.add(viewer.userId);
  const seesAll = `${parameters.add(viewer.seesAll)}::boolean`;
  const where = whereAll([
    ...scopeConditions(scope, userId, parameters),
    ...searchConditions('f', search, parameters),
    ...keysetConditions('f', keyset, parameters),
  ]);
  // The page is found by its keys; roles and lineages are looked up for its rows alone.
  const text = `WITH page AS (SELECT f.id FROM folders f ${where} ${keysetOrder('f', keyset)} LIMIT ${parameters.add(keyset.limit)})
    SELECT ${folderColumns(userId, seesAll)} FROM page JOIN folders f ON f.id = page.id JOIN users u ON u.id = f.created_by
    ${keysetOrder('f', keyset)}`;
  return db.query<FolderRow>({ name: 'folders.list', text, values: parameters.values });
}

function scopeConditions(scope: FolderScope, userId: string, parameters: Parameters): string[] {
  const shared = sharedFolders(userId);
  switch (scope.kind) {
    case 'topLevel':
      if (scope.includeAll) return ['f.parent_id IS NULL'];
      return [`f.id = ANY (${shared})`, `NOT f.path[:cardinality(f.path) - 1] && ${shared}`];
    case 'anywhere':
      return scope.includeAll ? [] : [`f.path && ${shared}`];
    case 'children':
      return [`f.parent_id = ${parameters.add(scope.folderId)}`];
    case 'below': {
      const id = `${parameters.add(scope.folderId)}::uuid`;
      return [`f.path @> ARRAY[${id}]`, `f.id <> ${id}`];
    }
  }
}

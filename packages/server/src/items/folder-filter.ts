import type { CountMatchingQuery } from '@latchkey/contract/schemas/matching';
import type { Executor } from '@latchkey/db/engine/executor';
import type { ItemFilter } from '@latchkey/db/items/list';
import { toSearch } from '../http/stored-text.js';
import { toMetadataPredicates } from '../metadata-schema/predicates.js';
import { toExpiryFilter } from './list-items.js';

/** What a query finds in a folder, or with isRecursive below it too. */
export async function toFolderFilter(
  db: Executor,
  folderId: string,
  query: CountMatchingQuery,
): Promise<Omit<ItemFilter, 'withSecrets'>> {
  return {
    scope: { kind: query.isRecursive ? 'below' : 'folder', folderId },
    search: toSearch(query.search),
    types: query.itemTypes?.length ? [...new Set(query.itemTypes)].sort() : null,
    expiry: toExpiryFilter(query),
    metadata: await toMetadataPredicates(db, query.metadata),
  };
}

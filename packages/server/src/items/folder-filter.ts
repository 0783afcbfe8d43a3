import type { CountMatchingQuery } from '@latchkey/contract/schemas/item';
import type { ItemFilter } from '@latchkey/db/items/list';
import { toSearch } from '../http/stored-text.js';
import { toExpiryFilter } from './list-items.js';

/** What a query finds in a folder, or with isRecursive below it too. */
export function toFolderFilter(folderId: string, query: CountMatchingQuery): Omit<ItemFilter, 'withSecrets'> {
  return {
    scope: { kind: query.isRecursive ? 'below' : 'folder', folderId },
    search: toSearch(query.search),
    types: query.itemTypes?.length ? [...new Set(query.itemTypes)].sort() : null,
    expiry: toExpiryFilter(query),
  };
}

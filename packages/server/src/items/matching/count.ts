import type { CountMatchingQuery, MatchingCount } from '@latchkey/contract/schemas/matching';
import { countItemsIn } from '@latchkey/db/items/count';
import { listItems } from '@latchkey/db/items/list';
import type { AppContext } from '../../context.js';
import { toUuid } from '../../http/stored-text.js';
import { toFolderFilter } from '../folder-filter.js';

/** A search or an expiry has to be read to be counted. */
const countedAtMost = 2_000;

/** The caller's right to see the folder has been checked. */
export async function countMatchingFor(
  { db }: AppContext,
  folderUuid: string,
  query: CountMatchingQuery,
): Promise<MatchingCount> {
  const folderId = toUuid(folderUuid, 'folderUuid');
  const filter = { ...(await toFolderFilter(db, folderId, query)), withSecrets: false };
  const countedAt = new Date().toISOString();
  if (filter.search === null && filter.expiry === null && filter.metadata?.length === 0)
    return { itemsCount: await countItemsIn(db, filter), isExact: true, countedAt };
  const keyset = { orderBy: 'id', desc: false, after: null, limit: countedAtMost + 1 } as const;
  const found = (await listItems(db, filter, keyset)).length;
  return { itemsCount: Math.min(found, countedAtMost), isExact: found <= countedAtMost, countedAt };
}

import { limits } from '@latchkey/contract/limits';
import {
  type ItemHistory,
  type ItemHistoryDetails,
  type ItemHistoryEntry,
  itemChangeActions,
} from '@latchkey/contract/schemas/item-changes';
import { type ItemChangeRow, listItemChanges } from '@latchkey/db/audit/reader';
import type { AppContext } from '../context.js';
import { fromIdToken, toIdPage } from '../http/id-page.js';
import { toUuid } from '../http/stored-text.js';

interface PageQuery {
  readonly pageToken?: string;
  readonly pageSize?: number;
}

/** The caller's right to see the item has been checked. */
export async function itemHistoryOf(
  { db }: AppContext,
  uuid: string,
  query: PageQuery,
): Promise<ItemHistory> {
  const itemId = toUuid(uuid, 'itemUuid');
  const pageSize = query.pageSize ?? limits.pageSizeDefault;
  const before = fromIdToken('itemHistory', query.pageToken);
  const rows = await listItemChanges(db, itemId, itemChangeActions, before, pageSize + 1);
  const { page, nextPageToken } = toIdPage('itemHistory', rows, pageSize, ({ id }) => id);
  return { results: page.map(toEntry), nextPageToken };
}

const toEntry = (row: ItemChangeRow): ItemHistoryEntry => ({
  entryUuid: row.id,
  at: row.at.toISOString(),
  userEmail: row.email,
  // Asked for by these.
  action: row.action as ItemHistoryEntry['action'],
  details: toDetails(row.details),
});

const shownDetails = ['fields', 'setKeys', 'removedKeys', 'newParentUuid', 'hasNewUrl'];

/** Without what names other items, folders and integrations, which the caller may not see. */
const toDetails = (details: ItemChangeRow['details']): ItemHistoryDetails =>
  Object.fromEntries(shownDetails.filter((name) => name in details).map((name) => [name, details[name]]));

import { LatchkeyError } from '@latchkey/contract/errors';
import type { ListItemsQuery } from '@latchkey/contract/schemas/item';
import type { Executor } from '@latchkey/db/engine/executor';
import { type ExpiryPosition, listItemsByExpiry } from '@latchkey/db/items/by-expiry';
import type { ItemFilter } from '@latchkey/db/items/list';
import type { ItemRow } from '@latchkey/db/items/reader';
import type { KeysetPosition } from '@latchkey/db/paging/keyset';
import { readPagedList, toPage } from '../http/page-token.js';

/** One page by expiry. `asked`: all that decides which items the list has. */
export async function readByExpiry(
  db: Executor,
  filter: ItemFilter,
  asked: Readonly<Record<string, unknown>>,
  query: ListItemsQuery,
): Promise<{ rows: readonly ItemRow[]; nextPageToken: string | null }> {
  const isFromEnd = query.fromEnd ?? false;
  const list = readPagedList('itemsByExpiry', { ...asked, isFromEnd }, { ...query, order: 'name' });
  const { desc, after, limit } = list.keyset;
  const keyset = { desc, isFromEnd, after: after && toPosition(after), limit };
  const found = await listItemsByExpiry(db, filter, keyset);
  // The token has the minute where those of other lists have the name.
  const page = toPage(
    list,
    found.map(({ minute, ...row }) => ({ name: minute, id: row.id, row })),
  );
  return { rows: page.rows.map(({ row }) => row), nextPageToken: page.nextPageToken };
}

function toPosition({ name: minute, id }: KeysetPosition): ExpiryPosition {
  const isMinute = minute === '' || minute === 'infinity' || !Number.isNaN(Date.parse(minute));
  if (!isMinute) throw new LatchkeyError('invalid_page_token');
  return { minute, id };
}

import type { DeleteMatching } from '@latchkey/contract/schemas/matching';
import type { Executor } from '@latchkey/db/engine/executor';
import { listItems } from '@latchkey/db/items/list';
import type { ItemRow } from '@latchkey/db/items/reader';
import { readPagedList, toPage } from '../../http/page-token.js';
import { toFolderFilter } from '../folder-filter.js';
import { toMoment } from '../list-items.js';

/** Items that one request changes: a transaction of some tenths of a second. */
const itemsAtATime = 1_000;

export interface MatchingRequest {
  readonly operation: string;
  readonly folderId: string;
  /** The filter, and where the request before it stopped. */
  readonly body: DeleteMatching;
  /** What else the token belongs to. */
  readonly change: unknown;
}

export interface MatchingRows {
  readonly rows: readonly ItemRow[];
  readonly nextPageToken: string | null;
}

/** The next items by id, so that what was changed within the filter's reach is not met again. */
export async function readMatching(
  tx: Executor,
  { operation, folderId, body, change }: MatchingRequest,
): Promise<MatchingRows> {
  const until = toMoment(body.createdBefore, 'createdBefore');
  const filter = await toFolderFilter(tx, folderId, body.filter);
  const list = readPagedList(
    operation,
    // Not the predicates: whether their items are entered may change between two requests.
    { filter: { ...filter, metadata: body.filter.metadata }, until, change },
    { order: 'createdAt', pageSize: itemsAtATime, ...(body.pageToken && { pageToken: body.pageToken }) },
  );
  const found = await listItems(tx, { ...filter, withSecrets: false }, list.keyset);
  const { rows, nextPageToken } = toPage(list, found);
  return { rows: rows.filter((row) => until === null || row.created_at <= until), nextPageToken };
}

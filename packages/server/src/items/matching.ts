import type {
  CountMatchingQuery,
  DeleteMatching,
  MatchingCount,
  MatchingStep,
  MoveMatching,
} from '@latchkey/contract/schemas/item';
import { insertAuditEntries } from '@latchkey/db/audit/writer';
import { isForeignKeyViolation } from '@latchkey/db/engine/errors';
import type { Executor } from '@latchkey/db/engine/executor';
import { countItemsIn } from '@latchkey/db/items/count';
import { listItems } from '@latchkey/db/items/list';
import type { ItemRow } from '@latchkey/db/items/reader';
import { deleteItems, moveItems } from '@latchkey/db/items/writer';
import { v7 as uuidv7 } from 'uuid';
import { mustHaveFolders, notFound } from '../access/authorise-many.js';
import type { AppContext, Caller } from '../context.js';
import { readPagedList, toPage } from '../http/page-token.js';
import { toUuid } from '../http/stored-text.js';
import { toFolderFilter } from './folder-filter.js';
import { toMoment } from './list-items.js';

/** A search or an expiry has to be read to be counted. */
const countedAtMost = 2_000;
/** Items that one request moves or deletes: a transaction of some tenths of a second. */
const itemsAtATime = 1_000;

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

/** The caller administers the folder, and so all below it. */
export async function deleteMatchingFor(
  context: AppContext,
  caller: Caller,
  folderUuid: string,
  body: DeleteMatching,
): Promise<MatchingStep> {
  const step = { folderId: toUuid(folderUuid, 'folderUuid'), body, action: 'item.delete' } as const;
  return context.db.transaction((tx) =>
    runStep(tx, caller, step, (folderId, ids) => deleteItems(tx, folderId, ids)),
  );
}

/** The caller may change what is in the folder; that he may do so in the other one too is checked here. */
export async function moveMatchingFor(
  context: AppContext,
  caller: Caller,
  folderUuid: string,
  body: MoveMatching,
): Promise<MatchingStep> {
  const step = { folderId: toUuid(folderUuid, 'folderUuid'), body, action: 'item.move' } as const;
  const toId = toUuid(body.newParentUuid, 'newParentUuid');
  const move = context.db.transaction(async (tx) => {
    await mustHaveFolders(tx, caller, [toId], 'editor');
    return runStep(tx, caller, { ...step, toId }, (folderId, ids) =>
      folderId === toId ? Promise.resolve(0) : moveItems(tx, folderId, toId, ids),
    );
  });
  return move.catch((error: unknown) => {
    throw isForeignKeyViolation(error) ? notFound('folder_not_found', toId) : error;
  });
}

interface Step {
  readonly folderId: string;
  readonly body: DeleteMatching;
  readonly action: 'item.delete' | 'item.move';
  readonly toId?: string;
}

/**
 * The next items by id, so that what was moved within the filter's reach is not met again. Items that someone else has
 * moved or deleted meanwhile are not counted.
 */
async function runStep(
  tx: Executor,
  caller: Caller,
  { folderId, body, action, toId }: Step,
  change: (folderId: string, ids: readonly string[]) => Promise<number>,
): Promise<MatchingStep> {
  const until = toMoment(body.createdBefore, 'createdBefore');
  const filter = await toFolderFilter(tx, folderId, body.filter);
  const list = readPagedList(
    action,
    // Not the predicates: whether their items are entered may change between two requests.
    { filter: { ...filter, metadata: body.filter.metadata }, until, toId: toId ?? null },
    { order: 'createdAt', pageSize: itemsAtATime, ...(body.pageToken && { pageToken: body.pageToken }) },
  );
  const found = await listItems(tx, { ...filter, withSecrets: false }, list.keyset);
  const { rows, nextPageToken } = toPage(list, found);
  let itemsCount = 0;
  for (const [from, ids] of idsByFolder(rows.filter((row) => until === null || row.created_at <= until)))
    itemsCount += await change(from, ids);
  if (itemsCount > 0)
    await insertAuditEntries(tx, [
      {
        id: uuidv7(),
        userId: caller.userId,
        action,
        subjectType: 'folder',
        subjectId: folderId,
        details: { itemsCount, filter: body.filter, ...(toId !== undefined && { newParentUuid: toId }) },
      },
    ]);
  return { itemsCount, nextPageToken };
}

function idsByFolder(rows: readonly ItemRow[]): ReadonlyMap<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const { folder_id, id } of rows) {
    const ids = groups.get(folder_id);
    if (ids) ids.push(id);
    else groups.set(folder_id, [id]);
  }
  return groups;
}

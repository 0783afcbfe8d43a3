import type { DeleteItemsResult } from '@latchkey/contract/schemas/item';
import { insertAuditEntries } from '@latchkey/db/audit/writer';
import type { Executor } from '@latchkey/db/engine/executor';
import { listSubfolderIds } from '@latchkey/db/folders/reader';
import { listItemIdsIn } from '@latchkey/db/items/reader';
import { deleteItems } from '@latchkey/db/items/writer';
import type { Static } from 'typebox';
import { v7 as uuidv7 } from 'uuid';
import { notFound } from '../access/authorise-many.js';
import type { AppContext, Caller } from '../context.js';
import {
  countsOf,
  type DeletedFolders,
  deleteLockedFolders,
  lockTreeForDeletion,
  releaseJobs,
} from '../folders/delete-folders.js';
import { toUuid } from '../http/stored-text.js';

/**
 * Deletes items and sub-folders of a folder, the sub-folders with all that is in them; all or nothing. The counts
 * include what was below.
 */
export async function deleteChildrenFor(
  context: AppContext,
  caller: Caller,
  folderUuid: string,
  childUuids: readonly string[],
): Promise<Static<typeof DeleteItemsResult>> {
  const folderId = toUuid(folderUuid, 'folderUuid');
  const ids = [...new Set(childUuids.map((uuid) => toUuid(uuid, 'childUuids')))];
  const deleted = await context.db.transaction(async (tx) => {
    const counts = await deleteChildren(tx, folderId, ids);
    await insertAuditEntries(tx, [
      {
        id: uuidv7(),
        userId: caller.userId,
        action: 'item.delete',
        subjectType: 'folder',
        subjectId: folderId,
        details: { ...countsOf(counts), childUuids: ids },
      },
    ]);
    return counts;
  });
  await releaseJobs(context, deleted.jobs);
  return { removedItemsCount: deleted.itemsCount, removedFoldersCount: deleted.foldersCount };
}

async function deleteChildren(
  tx: Executor,
  folderId: string,
  ids: readonly string[],
): Promise<DeletedFolders> {
  const items = await listItemIdsIn(tx, folderId, ids);
  const folders = await listSubfolderIds(tx, folderId, ids);
  const known = new Set([...items, ...folders]);
  const stranger = ids.find((id) => !known.has(id));
  if (stranger !== undefined) throw notFound('item_not_found', stranger);
  const below =
    folders.length === 0
      ? { itemsCount: 0, foldersCount: 0, jobs: [] }
      : await deleteLockedFolders(tx, await lockTreeForDeletion(tx, folders));
  const deleted = await deleteItems(tx, folderId, items);
  return { ...below, itemsCount: below.itemsCount + deleted.length };
}

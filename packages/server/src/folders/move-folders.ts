import { LatchkeyError } from '@latchkey/contract/errors';
import { insertAuditEntries } from '@latchkey/db/audit/writer';
import { lockFolderTree, moveFolder, upsertFolderAdmins } from '@latchkey/db/folders/writer';
import { v7 as uuidv7 } from 'uuid';
import { mustHaveFolders } from '../access/authorise-many.js';
import type { AppContext, Caller } from '../context.js';
import { toUuid } from '../http/stored-text.js';

/**
 * Moves folders with all that is below them; null: to the top level, where whoever moved them becomes their admin,
 * because the roles of the folders above end there. All or nothing.
 */
export async function moveFoldersFor(
  context: AppContext,
  caller: Caller,
  folderUuids: readonly string[],
  newParentUuid: string | null,
): Promise<void> {
  const ids = [...new Set(folderUuids.map((uuid) => toUuid(uuid, 'folderUuids')))];
  const parentId = newParentUuid === null ? null : toUuid(newParentUuid, 'newParentUuid');
  await context.db.transaction(async (tx) => {
    await lockFolderTree(tx, 'change');
    // A move changes who has access to what is moved.
    await mustHaveFolders(tx, caller, ids, 'admin');
    const parents = await mustHaveFolders(tx, caller, parentId === null ? [] : [parentId], 'editor');
    mustNotCircle(ids, (parentId === null ? undefined : parents.get(parentId)?.path) ?? []);
    for (const id of ids) await moveFolder(tx, id, parentId);
    if (parentId === null) await upsertFolderAdmins(tx, ids, caller.userId);
    await insertAuditEntries(tx, [
      {
        id: uuidv7(),
        userId: caller.userId,
        action: 'folder.move',
        subjectType: 'folder',
        subjectId: parentId,
        details: { foldersCount: ids.length, folderUuids: ids, newParentUuid: parentId },
      },
    ]);
  });
}

function mustNotCircle(ids: readonly string[], pathOfParent: readonly string[]): void {
  const inside = ids.find((id) => pathOfParent.includes(id));
  if (inside === undefined) return;
  throw new LatchkeyError(
    'folder_move_into_itself',
    `The folder ${inside} cannot be moved into itself or below itself. Choose another parent.`,
    { details: { uuid: inside } },
  );
}

import type { DeleteMatching, MatchingStep, MoveMatching } from '@latchkey/contract/schemas/matching';
import { isForeignKeyViolation } from '@latchkey/db/engine/errors';
import type { Executor } from '@latchkey/db/engine/executor';
import type { ItemRow } from '@latchkey/db/items/reader';
import { deleteItems, moveItems } from '@latchkey/db/items/writer';
import { mustHaveFolders, notFound } from '../../access/authorise-many.js';
import { recordChange } from '../../audit/record-change.js';
import type { AppContext, Caller } from '../../context.js';
import { toUuid } from '../../http/stored-text.js';
import { readMatching } from './read-matching.js';

/** The caller may change what is in the folder, and so all below it. */
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
    return runStep(tx, caller, { ...step, toId }, async (folderId, ids) =>
      folderId === toId ? [] : moveItems(tx, folderId, toId, ids),
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

/** Items that someone else has moved or deleted meanwhile are not counted. */
async function runStep(
  tx: Executor,
  caller: Caller,
  { folderId, body, action, toId }: Step,
  change: (folderId: string, ids: readonly string[]) => Promise<string[]>,
): Promise<MatchingStep> {
  const request = { operation: action, folderId, body, change: toId ?? null };
  const { rows, nextPageToken } = await readMatching(tx, request);
  const itemUuids: string[] = [];
  for (const [from, ids] of idsByFolder(rows)) itemUuids.push(...(await change(from, ids)));
  const itemsCount = itemUuids.length;
  if (itemsCount > 0)
    await recordChange(
      tx,
      caller,
      action,
      { type: 'folder', id: folderId },
      // By its items the entry is found in their histories.
      { itemsCount, itemUuids, filter: body.filter, ...(toId !== undefined && { newParentUuid: toId }) },
    );
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

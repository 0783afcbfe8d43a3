import { type ErrorCode, LatchkeyError } from '@latchkey/contract/errors';
import type { FolderRole } from '@latchkey/contract/schemas/common';
import type { Executor } from '@latchkey/db/engine/executor';
import { type FolderAccessRow, listFolderAccess } from '@latchkey/db/folders/reader';
import { type ItemAccessRow, listItemAccess } from '@latchkey/db/items/reader';
import type { Caller } from '../context.js';
import { suffices } from './roles.js';

/** Folders that the body names, by id, in one query. Throws `folder_not_found` or `forbidden`, naming the first that fails. */
export async function mustHaveFolders(
  db: Executor,
  caller: Caller,
  ids: readonly string[],
  need: FolderRole,
): Promise<ReadonlyMap<string, FolderAccessRow>> {
  const rows = ids.length === 0 ? [] : await listFolderAccess(db, ids, caller.userId);
  return checkEach(caller, ids, rows, need, { name: 'folder', missing: 'folder_not_found' });
}

/** Items that the body names, by id, in one query. Throws `item_not_found` or `forbidden`, naming the first that fails. */
export async function mustHaveItems(
  db: Executor,
  caller: Caller,
  ids: readonly string[],
  need: FolderRole,
): Promise<ReadonlyMap<string, ItemAccessRow>> {
  const rows = ids.length === 0 ? [] : await listItemAccess(db, ids, caller.userId);
  return checkEach(caller, ids, rows, need, { name: 'item', missing: 'item_not_found' });
}

/** A missing object and one that is not shared are told apart by nobody. */
export function notFound(
  code: Extract<ErrorCode, 'folder_not_found' | 'item_not_found'>,
  id: string,
): LatchkeyError {
  const message =
    code === 'folder_not_found'
      ? `There is no folder ${id}, or it is not shared with you. Check the UUID, or ask the owner to share it.`
      : `There is no item ${id} here, or its folder is not shared with you. Check the UUID, or ask the owner to share it.`;
  return new LatchkeyError(code, message, { details: { uuid: id } });
}

function checkEach<Row extends { readonly id: string; readonly role: FolderRole | null }>(
  caller: Caller,
  ids: readonly string[],
  rows: readonly Row[],
  need: FolderRole,
  kind: { name: string; missing: 'folder_not_found' | 'item_not_found' },
): ReadonlyMap<string, Row> {
  const byId = new Map(rows.map((row) => [row.id, row]));
  for (const id of ids) {
    const row = byId.get(id);
    const role = row && caller.isOrganisationAdmin ? 'admin' : (row?.role ?? null);
    if (role === null) throw notFound(kind.missing, id);
    if (!suffices(role, need))
      throw new LatchkeyError(
        'forbidden',
        `You may use the ${kind.name} ${id} but not change it. Ask an administrator of the folder.`,
        { details: { uuid: id } },
      );
  }
  return byId;
}

import type { CreateFolder, Folder, FolderSummary, PatchFolder } from '@latchkey/contract/schemas/folder';
import { getFolderSummary, getFolders } from '@latchkey/db/folders/reader';
import { insertFolder, lockFolderTree, updateFolders, upsertFolderAdmins } from '@latchkey/db/folders/writer';
import { v7 as uuidv7 } from 'uuid';
import { mustHaveFolders, notFound } from '../access/authorise-many.js';
import type { AppContext, Caller } from '../context.js';
import { toStoredChanges } from '../http/stored-changes.js';
import { toStoredMetadata, toStoredText, toUuid } from '../http/stored-text.js';
import { toFolder, toFolderSummary } from './to-folder.js';

/** In the order of the ids; the caller's right to see them has been checked. */
export async function getFoldersFor(
  context: AppContext,
  caller: Caller,
  ids: readonly string[],
): Promise<Folder[]> {
  const viewer = { userId: caller.userId, seesAll: caller.isOrganisationAdmin };
  const rows = ids.length === 0 ? [] : await getFolders(context.db, ids, viewer);
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.map((id) => {
    const row = byId.get(id);
    if (!row) throw notFound('folder_not_found', id);
    return toFolder(row, caller);
  });
}

export async function getFolderFor(context: AppContext, caller: Caller, id: string): Promise<Folder> {
  const [folder] = await getFoldersFor(context, caller, [toUuid(id, 'folderUuid')]);
  if (!folder) throw notFound('folder_not_found', id);
  return folder;
}

export async function getSummaryOf(context: AppContext, id: string): Promise<FolderSummary> {
  return toFolderSummary(await getFolderSummary(context.db, id));
}

/** The creator becomes admin of a top-level folder; below a parent, roles come from there. */
export async function createFolderFor(
  context: AppContext,
  caller: Caller,
  request: CreateFolder,
): Promise<Folder> {
  const id = uuidv7();
  const parentId = request.parent == null ? null : toUuid(request.parent, 'parent');
  const folder = {
    id,
    parentId,
    name: toStoredText(request.name, 'name'),
    description: toStoredText(request.description ?? '', 'description'),
    clientMetadata: request.clientMetadata == null ? null : toStoredMetadata(request.clientMetadata),
    createdBy: caller.userId,
  };
  await context.db.transaction(async (tx) => {
    await lockFolderTree(tx, 'add');
    if (parentId !== null) await mustHaveFolders(tx, caller, [parentId], 'editor');
    if (!(await insertFolder(tx, folder))) throw notFound('folder_not_found', parentId ?? id);
    if (parentId === null) await upsertFolderAdmins(tx, [id], caller.userId);
  });
  return getFolderFor(context, caller, id);
}

/** All or nothing; answers the ids in the order of the patches. */
export async function changeFolders(
  context: AppContext,
  caller: Caller,
  patches: Readonly<Record<string, PatchFolder>>,
): Promise<string[]> {
  const byId = toStoredChanges(patches, 'folderPatches');
  const ids = [...byId.keys()];
  await context.db.transaction(async (tx) => {
    await mustHaveFolders(tx, caller, ids, 'editor');
    await updateFolders(tx, [...byId.values()]);
  });
  return ids;
}

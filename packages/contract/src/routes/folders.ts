import { defineRoute } from '../route.js';
import {
  CreateFolder,
  DeleteFolderQuery,
  Folder,
  FolderPage,
  FolderSummary,
  ListFoldersQuery,
  MoveFolders,
  PatchFolder,
  PatchFoldersBulk,
} from '../schemas/folder.js';
import { FolderParams, prefix } from './params.js';

const tag = 'Folders';
const base = `${prefix}/storage/folders`;

export const listTopLevelFolders = defineRoute({
  operationId: 'listTopLevelFolders',
  method: 'GET',
  path: base,
  tag,
  summary: 'The top-level folders that the user may see.',
  permission: 'user',
  schemas: { query: ListFoldersQuery, response: FolderPage },
  errors: ['invalid_page_token'],
});
export const searchFolders = defineRoute({
  operationId: 'searchFolders',
  method: 'GET',
  path: `${prefix}/storage/search/folders`,
  tag,
  summary: 'Folders anywhere that the user may see.',
  permission: 'user',
  schemas: { query: ListFoldersQuery, response: FolderPage },
  errors: ['invalid_page_token'],
});
export const createFolder = defineRoute({
  operationId: 'createFolder',
  method: 'POST',
  path: base,
  tag,
  summary:
    'Create a folder; the creator becomes its admin. Below a parent, the editor role on the parent is needed.',
  permission: 'user',
  schemas: { body: CreateFolder, response: Folder },
  errors: ['folder_not_found', 'invalid_client_metadata'],
});
export const getFolder = defineRoute({
  operationId: 'getFolder',
  method: 'GET',
  path: `${base}/{folderUuid}`,
  tag,
  summary: 'One folder.',
  permission: 'folder:viewer',
  schemas: { params: FolderParams, response: Folder },
  errors: ['folder_not_found'],
});
export const patchFolder = defineRoute({
  operationId: 'patchFolder',
  method: 'PATCH',
  path: `${base}/{folderUuid}`,
  tag,
  summary: 'Change name, description or client metadata.',
  permission: 'folder:editor',
  schemas: { params: FolderParams, body: PatchFolder, response: Folder },
  errors: ['folder_not_found', 'invalid_client_metadata'],
});
export const patchFoldersBulk = defineRoute({
  operationId: 'patchFoldersBulk',
  method: 'PATCH',
  path: `${base}/patch-bulk`,
  tag,
  summary: 'Change many folders; all or nothing.',
  permission: 'user',
  schemas: { body: PatchFoldersBulk, response: FolderPage },
  errors: ['folder_not_found', 'invalid_client_metadata'],
});
export const moveFolders = defineRoute({
  operationId: 'moveFolders',
  method: 'POST',
  path: `${base}/move`,
  tag,
  summary:
    'Move folders, of which one is an admin, below another one, of which one is an editor, or to the top level.',
  permission: 'user',
  schemas: { body: MoveFolders },
  errors: ['folder_not_found', 'folder_move_into_itself'],
});
export const deleteFolder = defineRoute({
  operationId: 'deleteFolder',
  method: 'DELETE',
  path: `${base}/{folderUuid}`,
  tag,
  summary: 'Delete a folder.',
  permission: 'folder:admin',
  schemas: { params: FolderParams, query: DeleteFolderQuery },
  errors: ['folder_not_found', 'folder_not_empty'],
});
export const listSubfolders = defineRoute({
  operationId: 'listSubfolders',
  method: 'GET',
  path: `${base}/{folderUuid}/folders`,
  tag,
  summary: 'Sub-folders of a folder, or with isRecursive all folders below it.',
  permission: 'folder:viewer',
  schemas: { params: FolderParams, query: ListFoldersQuery, response: FolderPage },
  errors: ['folder_not_found', 'invalid_page_token'],
});
export const getFolderSummary = defineRoute({
  operationId: 'getFolderSummary',
  method: 'GET',
  path: `${base}/{folderUuid}/summary`,
  tag,
  summary: 'Counts and total size of what is directly in the folder.',
  permission: 'folder:viewer',
  schemas: { params: FolderParams, response: FolderSummary },
  errors: ['folder_not_found'],
});

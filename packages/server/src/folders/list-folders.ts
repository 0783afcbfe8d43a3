import type { Folder, ListFoldersQuery } from '@latchkey/contract/schemas/folder';
import { type FolderScope, listFolders } from '@latchkey/db/folders/list';
import type { AppContext, Caller } from '../context.js';
import { type Page, readPagedList, toPage } from '../http/page-token.js';
import { toSearch } from '../http/stored-text.js';
import { toFolder } from './to-folder.js';

/** One page of the folders of a scope that the caller may see. */
export async function listFoldersFor(
  context: AppContext,
  caller: Caller,
  scope: FolderScope,
  query: ListFoldersQuery,
): Promise<Page<Folder>> {
  const search = toSearch(query.search);
  // No folder is tied to a dataset in this version.
  const onlySynced = query.datasetSynced ?? false;
  const list = readPagedList('folders', { scope, search, onlySynced }, query);
  if (onlySynced) return { results: [], nextPageToken: null };
  const viewer = { userId: caller.userId, seesAll: caller.isOrganisationAdmin };
  const found = await listFolders(context.db, viewer, scope, search, list.keyset);
  const { rows, nextPageToken } = toPage(list, found);
  return { results: rows.map((row) => toFolder(row, caller)), nextPageToken };
}

/** Organisation admins see folders that are not shared with them where they ask for it. */
export function includesAll(caller: Caller, query: { readonly includeOrgAccess?: boolean }): boolean {
  return caller.isOrganisationAdmin && (query.includeOrgAccess ?? false);
}

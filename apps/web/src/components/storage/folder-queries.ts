import {
  getFolder,
  getFolderSummary,
  listSubfolders,
  listTopLevelFolders,
} from '@latchkey/contract/routes/folders';
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { transport } from '../../lib/api.js';
import { orgAccess } from '../../lib/session.js';

export const folderQuery = (folderUuid: string) =>
  queryOptions({
    queryKey: ['folders', 'detail', folderUuid],
    queryFn: ({ signal }) => transport.call(getFolder, { params: { folderUuid }, signal }),
  });

export const folderSummaryQuery = (folderUuid: string) =>
  queryOptions({
    queryKey: ['folders', 'summary', folderUuid],
    queryFn: ({ signal }) => transport.call(getFolderSummary, { params: { folderUuid }, signal }),
  });

/** The folders directly below a folder, or the top level, by name: one level of the tree. */
export const childFoldersQuery = (parent: string | null) =>
  infiniteQueryOptions({
    queryKey: ['folders', 'tree', parent],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) => {
      const query = { order: 'name', pageSize: 200, pageToken: pageParam, ...orgAccess() } as const;
      return parent === null
        ? transport.call(listTopLevelFolders, { query, signal })
        : transport.call(listSubfolders, { params: { folderUuid: parent }, query, signal });
    },
    getNextPageParam: (page) => page.nextPageToken ?? undefined,
    staleTime: 60_000,
  });

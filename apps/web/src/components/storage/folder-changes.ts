import { limits } from '@latchkey/contract/limits';
import type { BodyOf } from '@latchkey/contract/route';
import { createFolder, deleteFolder, moveFolders, patchFolder } from '@latchkey/contract/routes/folders';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { transport } from '../../lib/api.js';
import { chunksOf } from './chunks-of.js';

function useFolderMutation<Variables, Result>(mutationFn: (variables: Variables) => Promise<Result>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn,
    onSettled: () => client.invalidateQueries({ queryKey: ['folders'] }),
  });
}

export const useCreateFolder = () =>
  useFolderMutation((body: BodyOf<typeof createFolder>) => transport.call(createFolder, { body }));

export const usePatchFolder = () =>
  useFolderMutation(({ folderUuid, patch }: { folderUuid: string; patch: BodyOf<typeof patchFolder> }) =>
    transport.call(patchFolder, { params: { folderUuid }, body: patch }),
  );

/** `target` null: to the top level. */
export const useMoveFolders = () =>
  useFolderMutation(async ({ folderUuids, target }: { folderUuids: string[]; target: string | null }) => {
    for (const chunk of chunksOf(folderUuids, limits.bulkItems))
      await transport.call(moveFolders, { body: { folderUuids: chunk, newParentUuid: target } });
  });

/** Deletes folders with everything below them. */
export function useDeleteFolders() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (folderUuids: readonly string[]) => {
      for (const folderUuid of folderUuids)
        await transport.call(deleteFolder, { params: { folderUuid }, query: { recursive: true } });
    },
    // Without what was asked about the deleted folders themselves: that would be answered with errors.
    onSettled: (_result, error, folderUuids) =>
      client.invalidateQueries({
        queryKey: ['folders'],
        predicate: ({ queryKey }) => error !== null || !folderUuids.includes(String(queryKey[2])),
      }),
  });
}

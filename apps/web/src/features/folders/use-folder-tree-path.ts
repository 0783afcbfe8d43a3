import { useQuery } from '@tanstack/react-query';
import { folderQuery } from '../../components/storage/folder-queries.js';

/** The folder and those above it: what a tree has to open to show it. */
export function useFolderTreePath(folderUuid: string | null): string[] {
  const folder = useQuery({ ...folderQuery(folderUuid ?? ''), enabled: folderUuid !== null });
  return folder.data?.pathToRoot.map((element) => element.uuid) ?? [];
}

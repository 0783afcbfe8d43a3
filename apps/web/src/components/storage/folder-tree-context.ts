import { createContext, type DragEvent, useContext } from 'react';

/** UUID of a folder, or null for the top level. */
export type TreeSelection = string | null;

type DropHandler = (event: DragEvent<HTMLElement>) => void;
export type DropHandlers = Readonly<
  Record<'onDragEnter' | 'onDragOver' | 'onDragLeave' | 'onDrop', DropHandler>
>;

export interface FolderTreeState {
  readonly selected: TreeSelection | undefined;
  /** The one row that Tab reaches. */
  readonly focusable: TreeSelection;
  readonly disabledFolders: ReadonlySet<string>;
  readonly isOpen: (uuid: string) => boolean;
  readonly toggle: (uuid: string, open: boolean) => void;
  readonly onSelect: (folder: TreeSelection, name: string) => void;
  /** What makes a row a place to drop things on. */
  readonly dropHandlers: ((folder: TreeSelection) => DropHandlers) | undefined;
  readonly onFocus: (folder: TreeSelection) => void;
}

export const FolderTreeContext = createContext<FolderTreeState | null>(null);

export function useFolderTree(): FolderTreeState {
  const state = useContext(FolderTreeContext);
  if (!state) throw new Error('A row of the folder tree is drawn outside of the tree.');
  return state;
}

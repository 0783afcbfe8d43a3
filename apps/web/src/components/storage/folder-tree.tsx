import { type KeyboardEvent, useRef, useState } from 'react';
import classes from './folder-tree.module.css';
import { type DropHandlers, FolderTreeContext, type TreeSelection } from './folder-tree-context.js';
import { FolderTreeLevel } from './folder-tree-level.js';
import { FolderTreeRow } from './folder-tree-row.js';
import { treeMove } from './tree-keys.js';

export interface FolderTreeProps {
  readonly label: string;
  /** Name of the row that stands for the top level. */
  readonly rootLabel: string;
  /** Null: the top level; undefined: nothing. */
  readonly selected: TreeSelection | undefined;
  readonly onSelect: (folder: TreeSelection, name: string) => void;
  /** Folders to show open, besides the ones that the user opens. */
  readonly openFolders?: readonly string[];
  readonly disabledFolders?: ReadonlySet<string>;
  readonly dropHandlers?: (folder: TreeSelection) => DropHandlers;
}

const none: ReadonlySet<string> = new Set();

/** Folders as a tree that loads each level when it is opened. Arrows, Home, End and Enter work as in a file manager. */
export function FolderTree(props: FolderTreeProps) {
  const root = useRef<HTMLDivElement>(null);
  const [toggled, setToggled] = useState<ReadonlyMap<string, boolean>>(new Map());
  const [focused, setFocused] = useState<TreeSelection | undefined>(undefined);
  const isOpen = (uuid: string) => toggled.get(uuid) ?? props.openFolders?.includes(uuid) ?? false;
  const toggle = (uuid: string, open: boolean) => setToggled(new Map(toggled).set(uuid, open));

  const onKeyDown = (event: KeyboardEvent) => {
    const elements = [...(root.current?.querySelectorAll<HTMLElement>('[role=treeitem]') ?? [])];
    const current = elements.indexOf(document.activeElement as HTMLElement);
    const rows = elements.map((element) => ({
      level: Number(element.ariaLevel),
      isExpanded: element.ariaExpanded === null ? null : element.ariaExpanded === 'true',
    }));
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const move = treeMove(event.key, rows, current);
    if (!move) return;
    event.preventDefault();
    const [index] = Object.values(move) as [number];
    const element = elements[index];
    if (!element) return;
    if ('to' in move) element.focus();
    else if ('select' in move) element.click();
    else toggle(element.dataset['uuid'] ?? '', 'expand' in move);
  };

  return (
    <FolderTreeContext
      value={{
        selected: props.selected,
        focusable: focused === undefined ? (props.selected ?? null) : focused,
        disabledFolders: props.disabledFolders ?? none,
        isOpen,
        toggle,
        onSelect: props.onSelect,
        dropHandlers: props.dropHandlers,
        onFocus: setFocused,
      }}
    >
      <div role="tree" aria-label={props.label} className={classes['tree']} ref={root} onKeyDown={onKeyDown}>
        <FolderTreeRow uuid={null} name={props.rootLabel} level={1} isExpanded={true} />
        <FolderTreeLevel parent={null} level={2} />
      </div>
    </FolderTreeContext>
  );
}

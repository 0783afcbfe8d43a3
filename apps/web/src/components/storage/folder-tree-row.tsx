import { IconChevronRight, IconFolder, IconFolders } from '@tabler/icons-react';
import type { CSSProperties, MouseEvent } from 'react';
import classes from './folder-tree.module.css';
import { type TreeSelection, useFolderTree } from './folder-tree-context.js';

interface FolderTreeRowProps {
  readonly uuid: TreeSelection;
  readonly name: string;
  readonly level: number;
  /** Null: has no sub-folders. */
  readonly isExpanded: boolean | null;
}

export function FolderTreeRow({ uuid, name, level, isExpanded }: FolderTreeRowProps) {
  const tree = useFolderTree();
  const isDisabled = uuid !== null && tree.disabledFolders.has(uuid);
  const onToggle = (event: MouseEvent) => {
    if (uuid === null || isExpanded === null) return;
    event.stopPropagation();
    tree.toggle(uuid, !isExpanded);
  };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree handles the keys of all of its rows.
    <div
      role="treeitem"
      className={classes['row']}
      style={{ '--level': level } as CSSProperties}
      aria-level={level}
      aria-selected={tree.selected === uuid}
      aria-disabled={isDisabled || undefined}
      aria-expanded={isExpanded ?? undefined}
      data-uuid={uuid ?? undefined}
      tabIndex={tree.focusable === uuid ? 0 : -1}
      onFocus={() => tree.onFocus(uuid)}
      {...tree.dropHandlers?.(uuid)}
      onClick={() => !isDisabled && tree.onSelect(uuid, name)}
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions lint/a11y/useKeyWithClickEvents: a target for the mouse; with the keyboard the arrows open and close. */}
      <span className={classes['chevron']} onClick={onToggle}>
        {isExpanded !== null && uuid !== null && <IconChevronRight size={16} aria-hidden />}
      </span>
      {uuid === null ? <IconFolders size={18} aria-hidden /> : <IconFolder size={18} aria-hidden />}
      <span className={classes['name']} title={name}>
        {name}
      </span>
    </div>
  );
}

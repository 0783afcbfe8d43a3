import { Checkbox } from '@mantine/core';
import { IconFolder } from '@tabler/icons-react';
import type { MouseEvent, RefObject } from 'react';
import { Link } from 'react-router';
import { RelativeTime } from '../../components/relative-time.js';
import { ExpiryLabel } from '../../components/storage/expiry-label.js';
import { ItemTypeIcon } from '../../components/storage/item-type-icon.js';
import { itemTypeLabels } from '../../components/storage/item-types.js';
import { mediaFacts } from '../../components/storage/media-facts.js';
import { formatBytes } from '../../lib/format.js';
import classes from './folders.module.css';
import type { RowDialogKind } from './row-dialog.js';
import { RowMenu } from './row-menu.js';
import { nameOf, pathOf, type Row } from './rows.js';

export interface GridRowProps {
  readonly row: Row;
  readonly index: number;
  /** Pixels from the top of the list. */
  readonly top: number;
  readonly now: number;
  readonly isTabStop: boolean;
  /** Set when the keyboard moved to this row; null for the others. */
  readonly isFocusWanted: RefObject<boolean> | null;
  readonly isSelected: boolean;
  readonly isMenuOpen: boolean;
  readonly onMenuChange: (isOpen: boolean) => void;
  readonly canEdit: boolean;
  readonly onFocus: () => void;
  readonly onOpen: () => void;
  readonly onAction: (kind: RowDialogKind) => void;
  readonly onSelect: (isRange: boolean) => void;
}

const cell = (name?: string) => `${classes['cell']} ${name ? classes[name] : ''}`;
const isPlainClick = (event: MouseEvent) =>
  event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;

export function GridRow(props: GridRowProps) {
  const { row, index, isFocusWanted } = props;
  const takeFocus = (element: HTMLTableRowElement | null) => {
    if (!element || !isFocusWanted?.current) return;
    isFocusWanted.current = false;
    element.focus({ preventScroll: true });
  };
  const onClick = (event: MouseEvent) => {
    if (event.shiftKey || event.ctrlKey || event.metaKey) props.onSelect(event.shiftKey);
  };
  return (
    <tr
      aria-rowindex={index + 2}
      aria-selected={props.isSelected}
      data-index={index}
      className={`${classes['row']} ${classes['item']}`}
      style={{ transform: `translateY(${props.top}px)` }}
      tabIndex={props.isTabStop ? 0 : -1}
      ref={takeFocus}
      onFocus={props.onFocus}
      onClick={onClick}
      onDoubleClick={props.onOpen}
      onContextMenu={(event) => {
        event.preventDefault();
        props.onMenuChange(true);
      }}
    >
      <SelectCell {...props} />
      <NameCell {...props} />
      <FactCells row={row} now={props.now} />
      <td>
        <RowMenu
          row={row}
          canEdit={props.canEdit}
          isOpen={props.isMenuOpen}
          onChange={props.onMenuChange}
          onOpen={props.onOpen}
          onAction={props.onAction}
        />
      </td>
    </tr>
  );
}

function SelectCell({ row, isSelected, onSelect }: GridRowProps) {
  return (
    <td>
      <Checkbox
        size="xs"
        tabIndex={-1}
        aria-label={`Select ${nameOf(row)}`}
        checked={isSelected}
        onClick={(event) => {
          event.stopPropagation();
          onSelect(event.shiftKey);
        }}
        onDoubleClick={(event) => event.stopPropagation()}
        readOnly
      />
    </td>
  );
}

function NameCell({ row, onOpen }: GridRowProps) {
  return (
    <td className={classes['name']}>
      {row.kind === 'folder' ? (
        <IconFolder size={18} stroke={1.6} aria-hidden style={{ flexShrink: 0 }} />
      ) : (
        <ItemTypeIcon type={row.item.itemType} />
      )}
      <Link
        to={pathOf(row)}
        tabIndex={-1}
        className={classes['link']}
        title={nameOf(row)}
        onClick={(event) => {
          event.stopPropagation();
          if (!isPlainClick(event)) return;
          event.preventDefault();
          onOpen();
        }}
      >
        {nameOf(row)}
      </Link>
    </td>
  );
}

function FactCells({ row, now }: { row: Row; now: number }) {
  const item = row.kind === 'item' ? row.item : null;
  const { createdAt } = row.kind === 'item' ? row.item : row.folder;
  const size = item?.fileSize;
  return (
    <>
      <td className={cell('type')}>{item ? itemTypeLabels[item.itemType] : 'Folder'}</td>
      <td className={cell('size')}>
        {typeof size === 'number' && formatBytes(size)}
        {item && size === null && <span className={classes['dimmed']}>unknown</span>}
      </td>
      <td className={cell('facts')}>{item && mediaFacts(item)}</td>
      <td className={cell()}>{item && <ExpiryLabel item={item} now={now} />}</td>
      <td className={cell('created')}>
        <RelativeTime timestamp={createdAt} />
      </td>
    </>
  );
}

import { IconFolder } from '@tabler/icons-react';
import { type MouseEvent, memo, type RefObject } from 'react';
import { Link } from 'react-router';
import { ExpiryLabel, FolderExpiryLabel } from '../../components/storage/expiry-label.js';
import { ItemTypeIcon } from '../../components/storage/item-type-icon.js';
import { itemTypeLabels } from '../../components/storage/item-types.js';
import { mediaFacts } from '../../components/storage/media-facts.js';
import { formatBytes, formatDateTime, formatRelative } from '../../lib/format.js';
import classes from './folders.module.css';
import type { RowHandlers } from './row-handlers.js';
import { RowMenu } from './row-menu.js';
import { nameOf, pathOf, type Row } from './rows.js';

export interface GridRowProps {
  readonly row: Row;
  readonly index: number;
  /** Pixels from the top of the list. */
  readonly top: number;
  readonly now: number;
  readonly isTabStop: boolean;
  /** True in it: the keyboard moved to this row. Null for the rows without the focus. */
  readonly isFocusWanted: RefObject<boolean> | null;
  readonly isSelected: boolean;
  readonly isMenuOpen: boolean;
  readonly canEdit: boolean;
  readonly handlers: RowHandlers;
}

const cell = (name?: string) => `${classes['cell']} ${name ? classes[name] : ''}`;
const isPlainClick = (event: MouseEvent) =>
  event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;

export const GridRow = memo(function GridRow(props: GridRowProps) {
  const { row, index, isFocusWanted, handlers } = props;
  const takeFocus = (element: HTMLTableRowElement | null) => {
    if (!element || !isFocusWanted?.current) return;
    isFocusWanted.current = false;
    element.focus({ preventScroll: true });
  };
  const onClick = (event: MouseEvent) => {
    if (event.shiftKey || event.ctrlKey || event.metaKey) handlers.onSelect(row, event.shiftKey);
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
      onFocus={() => handlers.onFocus(index)}
      onClick={onClick}
      onDoubleClick={() => handlers.onOpen(row)}
      onContextMenu={(event) => {
        event.preventDefault();
        handlers.onMenu(row);
      }}
    >
      <SelectCell {...props} />
      <NameCell {...props} />
      <FactCells row={row} now={props.now} />
      <td>
        <RowMenu row={row} canEdit={props.canEdit} isOpen={props.isMenuOpen} handlers={handlers} />
      </td>
    </tr>
  );
});

function SelectCell({ row, isSelected, handlers }: GridRowProps) {
  return (
    <td>
      <input
        type="checkbox"
        className={classes['checkbox']}
        tabIndex={-1}
        aria-label={`Select ${nameOf(row)}`}
        checked={isSelected}
        readOnly
        onClick={(event) => {
          event.stopPropagation();
          handlers.onSelect(row, event.shiftKey);
        }}
        onDoubleClick={(event) => event.stopPropagation()}
      />
    </td>
  );
}

function NameCell({ row, handlers }: GridRowProps) {
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
          handlers.onOpen(row);
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
      <td className={cell()}>
        {row.kind === 'item' ? (
          <ExpiryLabel item={row.item} now={now} />
        ) : (
          <FolderExpiryLabel folder={row.folder} now={now} />
        )}
      </td>
      <td className={cell('created')}>
        <time dateTime={createdAt} title={formatDateTime(createdAt)}>
          {formatRelative(createdAt, now)}
        </time>
      </td>
    </>
  );
}

import { IconFolder } from '@tabler/icons-react';
import { memo, useState } from 'react';
import { ExpiryLabel, FolderExpiryLabel } from '../../components/storage/expiry-label.js';
import { ItemTypeIcon } from '../../components/storage/item-type-icon.js';
import { itemTypeLabels } from '../../components/storage/item-types.js';
import { mediaFacts } from '../../components/storage/media-facts.js';
import { formatBytes, formatDateTime, formatRelative } from '../../lib/format.js';
import { drawnRowAttributes } from './drawn-row.js';
import classes from './folders.module.css';
import type { DrawnRowProps } from './row-grid-props.js';
import { RowMenu } from './row-menu.js';
import { RowName } from './row-name.js';
import { nameOf, type Row } from './rows.js';
import { SelectBox } from './select-box.js';

export interface GridRowProps extends DrawnRowProps {
  readonly rowIndex: number | undefined;
  /** Pixels from the top of the list. */
  readonly top: number;
  readonly now: number;
  /** The list runs past: rows that come into sight show their name alone, until it is slower. */
  readonly isFast: boolean;
}

const cell = (name?: string) => `${classes['cell']} ${name ? classes[name] : ''}`;
export const GridRow = memo(function GridRow(props: GridRowProps) {
  const { isFast } = props;
  const [isWhole, setWhole] = useState(!isFast);
  if (!isFast && !isWhole) setWhole(true);
  return (
    <tr
      aria-rowindex={props.rowIndex}
      className={`${classes['row']} ${classes['item']}`}
      style={{ transform: `translateY(${props.top}px)` }}
      {...drawnRowAttributes<HTMLTableRowElement>(props)}
    >
      {isWhole ? <Cells {...props} /> : <OnlyName row={props.row} />}
    </tr>
  );
});

function Cells(props: GridRowProps) {
  const { row, canEdit, isMenuOpen, handlers } = props;
  return (
    <>
      <SelectCell {...props} />
      <NameCell {...props} />
      <FactCells row={row} now={props.now} />
      <td>
        <RowMenu row={row} canEdit={canEdit} isOpen={isMenuOpen} handlers={handlers} />
      </td>
    </>
  );
}

function OnlyName({ row }: { readonly row: Row }) {
  return (
    <>
      <td />
      <td className={cell('onlyName')}>{nameOf(row)}</td>
    </>
  );
}

function SelectCell({ row, isSelected, handlers }: GridRowProps) {
  return (
    <td>
      <SelectBox row={row} isSelected={isSelected} handlers={handlers} />
    </td>
  );
}

function NameCell({ row, isRenamed, handlers }: GridRowProps) {
  return (
    <td className={classes['name']}>
      {row.kind === 'folder' ? (
        <IconFolder size={18} stroke={1.6} aria-hidden style={{ flexShrink: 0 }} />
      ) : (
        <ItemTypeIcon type={row.item.itemType} />
      )}
      <RowName row={row} isRenamed={isRenamed} handlers={handlers} />
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

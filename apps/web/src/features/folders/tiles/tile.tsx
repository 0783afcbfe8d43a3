import { IconFolder } from '@tabler/icons-react';
import { memo } from 'react';
import { itemTypeLabels } from '../../../components/storage/item-types.js';
import { drawnRowAttributes } from '../drawn-row.js';
import type { DrawnRowProps } from '../row-grid-props.js';
import { RowMenu } from '../row-menu.js';
import { RowName } from '../row-name.js';
import { SelectBox } from '../select-box.js';
import { Thumbnail } from './thumbnail.js';
import classes from './tiles.module.css';

export const Tile = memo(function Tile(props: DrawnRowProps) {
  const { row, handlers } = props;
  return (
    <td className={classes['tile']} {...drawnRowAttributes<HTMLTableCellElement>(props)}>
      {row.kind === 'item' ? (
        <Thumbnail item={row.item} />
      ) : (
        <div className={classes['picture']} aria-hidden>
          <IconFolder size={64} stroke={1.2} />
        </div>
      )}
      <div className={classes['corner']}>
        <SelectBox row={row} isSelected={props.isSelected} handlers={handlers} />
      </div>
      <div className={classes['caption']}>
        <div className={classes['texts']}>
          <RowName row={row} isRenamed={props.isRenamed} handlers={handlers} />
          <div className={classes['type']}>
            {row.kind === 'item' ? itemTypeLabels[row.item.itemType] : 'Folder'}
          </div>
        </div>
        <RowMenu row={row} canEdit={props.canEdit} isOpen={props.isMenuOpen} handlers={handlers} />
      </div>
    </td>
  );
});

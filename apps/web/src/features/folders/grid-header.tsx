import { Checkbox, UnstyledButton } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import classes from './folders.module.css';
import { type Listing, type Order, sortedBy } from './listing.js';

interface GridHeaderProps {
  readonly listing: Listing;
  readonly onListingChange: (listing: Listing) => void;
  readonly selectedCount: number;
  readonly rowCount: number;
  readonly onToggleAll: () => void;
}

const cell = (name?: string) => `${classes['cell']} ${name ? classes[name] : ''}`;

export function GridHeader(props: GridHeaderProps) {
  const { selectedCount, rowCount } = props;
  return (
    <thead className={classes['header']}>
      <tr className={classes['row']} aria-rowindex={1}>
        <th scope="col" className={cell()}>
          <Checkbox
            size="xs"
            aria-label="Select all loaded rows"
            checked={rowCount > 0 && selectedCount >= rowCount}
            indeterminate={selectedCount > 0 && selectedCount < rowCount}
            onChange={props.onToggleAll}
          />
        </th>
        <SortHeader label="Name" order="name" {...props} />
        <th scope="col" className={cell('type')}>
          Type
        </th>
        <th scope="col" className={cell('size')}>
          Size
        </th>
        <th scope="col" className={cell('facts')}>
          Dimensions
        </th>
        <SortHeader label="URL expires" order="expiresAt" {...props} />
        <SortHeader label="Created" order="createdAt" name="created" {...props} />
        <td className={cell()} />
      </tr>
    </thead>
  );
}

function SortHeader(
  props: GridHeaderProps & {
    readonly label: string;
    readonly order: Order;
    readonly name?: string;
  },
) {
  const { listing, order } = props;
  const isSorted = listing.order === order;
  const Arrow = listing.desc ? IconArrowDown : IconArrowUp;
  const direction = listing.desc ? 'descending' : 'ascending';
  return (
    <th scope="col" className={cell(props.name)} aria-sort={isSorted ? direction : 'none'}>
      <UnstyledButton
        fw={600}
        fz="sm"
        style={{ display: 'inline-flex', alignItems: 'center', gap: 4 }}
        onClick={() => props.onListingChange(sortedBy(listing, order))}
      >
        {props.label}
        {isSorted && <Arrow size={14} aria-hidden />}
      </UnstyledButton>
    </th>
  );
}

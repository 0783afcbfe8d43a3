import { Select } from '@mantine/core';
import type { Listing, Order } from './listing.js';

const choices: readonly { readonly order: Order; readonly desc: boolean; readonly label: string }[] = [
  { order: 'name', desc: false, label: 'Name, A to Z' },
  { order: 'name', desc: true, label: 'Name, Z to A' },
  { order: 'createdAt', desc: true, label: 'Newest first' },
  { order: 'createdAt', desc: false, label: 'Oldest first' },
  { order: 'expiresAt', desc: false, label: 'URL expires first' },
  { order: 'expiresAt', desc: true, label: 'URL expires last' },
];
const keyOf = ({ order, desc }: Pick<Listing, 'order' | 'desc'>) => `${order} ${desc}`;
const options = choices.map((choice) => ({ value: keyOf(choice), label: choice.label }));

interface SortSelectProps {
  readonly listing: Listing;
  readonly onChange: (listing: Listing) => void;
}

/** Tiles have no columns to sort by. */
export function SortSelect({ listing, onChange }: SortSelectProps) {
  return (
    <Select
      aria-label="Sorted by"
      data={options}
      value={keyOf(listing)}
      allowDeselect={false}
      onChange={(value) => {
        const choice = choices.find((candidate) => keyOf(candidate) === value);
        if (choice) onChange({ ...listing, order: choice.order, desc: choice.desc });
      }}
      style={{ flex: '0 1 190px' }}
    />
  );
}

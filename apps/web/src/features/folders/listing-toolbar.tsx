import { itemTypes } from '@latchkey/contract/kinds';
import { limits } from '@latchkey/contract/limits';
import {
  ActionIcon,
  Button,
  Checkbox,
  CloseButton,
  Group,
  MultiSelect,
  Select,
  TextInput,
} from '@mantine/core';
import { IconFileExport, IconLayoutGrid, IconList, IconSearch } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useNavigation } from 'react-router';
import { itemTypeLabels } from '../../components/storage/item-types.js';
import { type ExpiryFilter, expiryFilters, type Listing, type View } from './listing.js';
import { SortSelect } from './sort-select.js';

interface ListingToolbarProps {
  readonly listing: Listing;
  readonly onChange: (listing: Listing) => void;
  readonly view: View;
  readonly onViewChange: (view: View) => void;
  readonly isTopLevel: boolean;
  /** Null: there is nothing to export here. */
  readonly onExport: (() => void) | null;
}

const typeOptions = itemTypes.map((value) => ({ value, label: itemTypeLabels[value] }));

const expiryLabels: Readonly<Record<ExpiryFilter, string>> = {
  expired: 'URL expired',
  day: 'Expires within a day',
  week: 'Expires within 7 days',
  month: 'Expires within 30 days',
  unknown: 'Expiry unknown',
};
const expiryOptions = expiryFilters.map((value) => ({ value, label: expiryLabels[value] }));

/** Waits until the typing pauses before it asks the server. */
function useTypedSearch({ listing, onChange }: Pick<ListingToolbarProps, 'listing' | 'onChange'>) {
  const [typed, setTyped] = useState(listing.search);
  const asked = useRef(listing.search);
  const isLeaving = useNavigation().state !== 'idle';
  useEffect(() => {
    // Changed from elsewhere: cleared, or by going back. What was asked for here may have been typed over already.
    if (listing.search !== asked.current) setTyped(listing.search);
    asked.current = listing.search;
  }, [listing.search]);
  useEffect(() => {
    const search = typed.trim();
    // A search that began now would take the place of the page that was asked for.
    if (search === listing.search || isLeaving) return;
    const timer = setTimeout(() => {
      asked.current = search;
      onChange({ ...listing, search });
    }, 300);
    return () => clearTimeout(timer);
  }, [typed, listing, onChange, isLeaving]);
  return [typed, setTyped] as const;
}

export function ListingToolbar(props: ListingToolbarProps) {
  const { listing, onChange, isTopLevel, onExport } = props;
  const [typed, setTyped] = useTypedSearch({ listing, onChange });
  return (
    <Group gap="sm" role="search">
      <TextInput
        aria-label="Search by name"
        placeholder="Search by name"
        style={{ flex: '1 1 180px' }}
        maxLength={limits.searchLength}
        leftSection={<IconSearch size={16} aria-hidden />}
        rightSection={
          typed && <CloseButton size="sm" aria-label="Clear the search" onClick={() => setTyped('')} />
        }
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <MultiSelect
        aria-label="Types of items"
        placeholder={listing.types.length === 0 ? 'All types' : ''}
        data={typeOptions}
        value={[...listing.types]}
        onChange={(values) =>
          onChange({ ...listing, types: itemTypes.filter((type) => values.includes(type)) })
        }
        clearable
        style={{ flex: '0 1 220px' }}
      />
      <Select
        aria-label="Expiry of the URL"
        placeholder="Any expiry"
        data={expiryOptions}
        value={listing.expiry}
        onChange={(expiry) => onChange({ ...listing, expiry })}
        clearable
        style={{ flex: '0 1 190px' }}
      />
      {props.view === 'tiles' && <SortSelect listing={listing} onChange={onChange} />}
      <Checkbox
        label={isTopLevel ? 'In all folders' : 'Folders below too'}
        checked={listing.isRecursive}
        onChange={(event) => onChange({ ...listing, isRecursive: event.currentTarget.checked })}
      />
      <ViewSwitch view={props.view} onChange={props.onViewChange} />
      {onExport && (
        <Button
          variant="default"
          leftSection={<IconFileExport size={16} aria-hidden />}
          title="Export what the list shows"
          onClick={onExport}
        >
          Export
        </Button>
      )}
    </Group>
  );
}

const views = [
  { view: 'table', label: 'As a table', Icon: IconList },
  { view: 'tiles', label: 'As tiles with thumbnails', Icon: IconLayoutGrid },
] as const;

function ViewSwitch({ view, onChange }: { view: View; onChange: (view: View) => void }) {
  return (
    <ActionIcon.Group>
      {views.map(({ view: choice, label, Icon }) => (
        <ActionIcon
          key={choice}
          variant={view === choice ? 'light' : 'default'}
          size={36}
          aria-label={label}
          title={label}
          aria-pressed={view === choice}
          onClick={() => onChange(choice)}
        >
          <Icon size={18} aria-hidden />
        </ActionIcon>
      ))}
    </ActionIcon.Group>
  );
}

import type { FolderSummary } from '@latchkey/contract/schemas/folder';
import { Badge, Group } from '@mantine/core';
import { Link } from 'react-router';
import { formatCount } from '../../lib/format.js';
import { type ExpiryFilter, queryOf, unfiltered } from './listing.js';

type ExpiryCounts = Pick<FolderSummary, 'expiredItems' | 'itemsExpiringWithin7Days'>;

/** How many URLs of a folder are dead or about to die; each leads to the list of these items. */
export function ExpiryBadges({ summary }: { readonly summary: ExpiryCounts }) {
  const { expiredItems, itemsExpiringWithin7Days } = summary;
  if (expiredItems === 0 && itemsExpiringWithin7Days === 0) return null;
  return (
    <Group gap={6}>
      {expiredItems > 0 && (
        <ExpiryBadge filter="expired" colour="red">
          {formatCount(expiredItems)} expired
        </ExpiryBadge>
      )}
      {itemsExpiringWithin7Days > 0 && (
        <ExpiryBadge filter="week" colour="orange">
          {formatCount(itemsExpiringWithin7Days)} {itemsExpiringWithin7Days === 1 ? 'expires' : 'expire'}{' '}
          within 7 days
        </ExpiryBadge>
      )}
    </Group>
  );
}

function ExpiryBadge(props: {
  readonly filter: ExpiryFilter;
  readonly colour: string;
  readonly children: React.ReactNode;
}) {
  return (
    <Badge
      component={Link}
      to={{ search: new URLSearchParams(queryOf({ ...unfiltered, expiry: props.filter })).toString() }}
      color={props.colour}
      variant="light"
      tt="none"
      style={{ cursor: 'pointer' }}
      // The colour's own text is too faint on it in the light scheme.
      styles={{ label: { color: 'var(--mantine-color-text)' } }}
    >
      {props.children}
    </Badge>
  );
}

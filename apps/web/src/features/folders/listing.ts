import { type ItemType, itemTypes } from '@latchkey/contract/kinds';
import { limits } from '@latchkey/contract/limits';

/** What the list shows, as it stands in the address. */
export interface Listing {
  readonly search: string;
  /** Below the folder too. */
  readonly isRecursive: boolean;
  readonly types: readonly ItemType[];
  readonly order: 'name' | 'createdAt';
  readonly desc: boolean;
}

const isItemType = (value: string): value is ItemType => (itemTypes as readonly string[]).includes(value);

/** Reads it from the query of an address; what makes no sense is left out. */
export function listingOf(query: URLSearchParams): Listing {
  return {
    search: (query.get('q') ?? '').slice(0, limits.searchLength),
    isRecursive: query.get('below') === '1',
    types: (query.get('types') ?? '').split(',').filter(isItemType),
    order: query.get('order') === 'createdAt' ? 'createdAt' : 'name',
    desc: query.get('desc') === '1',
  };
}

/** Writes it to a query; what is as usual is left out. */
export function queryOf(listing: Listing): Record<string, string> {
  return {
    ...(listing.search && { q: listing.search }),
    ...(listing.isRecursive && { below: '1' }),
    ...(listing.types.length > 0 && { types: listing.types.join(',') }),
    ...(listing.order !== 'name' && { order: listing.order }),
    ...(listing.desc && { desc: '1' }),
  };
}

/** A click on a column: sorts by it, or turns it around. */
export function sortedBy(listing: Listing, order: Listing['order']): Listing {
  return { ...listing, order, desc: listing.order === order ? !listing.desc : order === 'createdAt' };
}

export const isFiltered = (listing: Listing): boolean => listing.search !== '' || listing.types.length > 0;

import { type ItemType, itemTypes } from '@latchkey/contract/kinds';
import { limits } from '@latchkey/contract/limits';

export const expiryFilters = ['expired', 'day', 'week', 'month', 'unknown'] as const;
/** Items whose URL is dead, dies within a day, 7 or 30 days, or is signed and does not say when. */
export type ExpiryFilter = (typeof expiryFilters)[number];

const orders = ['name', 'createdAt', 'expiresAt'] as const;
export type Order = (typeof orders)[number];

/** What the list shows, as it stands in the address. */
export interface Listing {
  readonly search: string;
  /** Below the folder too. */
  readonly isRecursive: boolean;
  readonly types: readonly ItemType[];
  readonly expiry: ExpiryFilter | null;
  /** Conditions on client metadata, as the API takes them. */
  readonly metadata: readonly string[];
  readonly order: Order;
  readonly desc: boolean;
}

/** By name, nothing left out. */
export const unfiltered: Listing = {
  search: '',
  isRecursive: false,
  types: [],
  expiry: null,
  metadata: [],
  order: 'name',
  desc: false,
};

const isItemType = (value: string): value is ItemType => (itemTypes as readonly string[]).includes(value);

/** Reads it from the query of an address; what makes no sense is left out. */
export function listingOf(query: URLSearchParams): Listing {
  return {
    search: (query.get('q') ?? '').slice(0, limits.searchLength),
    isRecursive: query.get('below') === '1',
    types: (query.get('types') ?? '').split(',').filter(isItemType),
    expiry: expiryFilters.find((filter) => filter === query.get('expiry')) ?? null,
    metadata: conditionsOf(query.get('meta') ?? ''),
    order: orders.find((order) => order === query.get('order')) ?? 'name',
    desc: query.get('desc') === '1',
  };
}

/** One a line: a condition holds no line break, as its values are JSON. */
const conditionsOf = (text: string): string[] =>
  text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(0, limits.metadataConditions);

/** How the list is drawn. */
export type View = 'table' | 'tiles';
export const viewOf = (query: URLSearchParams): View => (query.get('view') === 'tiles' ? 'tiles' : 'table');

/** Writes it to a query; what is as usual is left out. */
export function queryOf(listing: Listing, view: View = 'table'): Record<string, string> {
  return {
    ...(listing.search && { q: listing.search }),
    ...(listing.isRecursive && { below: '1' }),
    ...(listing.types.length > 0 && { types: listing.types.join(',') }),
    ...(listing.expiry && { expiry: listing.expiry }),
    ...(listing.metadata.length > 0 && { meta: listing.metadata.join('\n') }),
    ...(listing.order !== 'name' && { order: listing.order }),
    ...(listing.desc && { desc: '1' }),
    ...(view !== 'table' && { view }),
  };
}

/** A click on a column: sorts by it, or turns it around. */
export function sortedBy(listing: Listing, order: Order): Listing {
  return { ...listing, order, desc: listing.order === order ? !listing.desc : order === 'createdAt' };
}

export const isFiltered = (listing: Listing): boolean =>
  listing.search !== '' || listing.types.length > 0 || listing.expiry !== null || listing.metadata.length > 0;

const dayMs = 24 * 3600 * 1000;
const daysOf = { day: 1, week: 7, month: 30 } as const;

/** The filter as the API takes it. `now` in milliseconds since the epoch: one for all pages of a list. */
export function expiryQuery(
  filter: ExpiryFilter | null,
  now: number,
): { expiresAfter?: string; expiresBefore?: string; expiryUnknown?: true } {
  if (filter === null) return {};
  if (filter === 'unknown') return { expiryUnknown: true };
  const nowText = new Date(now).toISOString();
  if (filter === 'expired') return { expiresBefore: nowText };
  return { expiresAfter: nowText, expiresBefore: new Date(now + daysOf[filter] * dayMs).toISOString() };
}

/** What is shown of a folder's items, as the API takes it. `now` as for `expiryQuery`. */
export function itemFilterOf(listing: Listing, now: number) {
  return {
    isRecursive: listing.isRecursive,
    ...(listing.search && { search: listing.search }),
    ...(listing.types.length > 0 && { itemTypes: [...listing.types] }),
    ...(listing.metadata.length > 0 && { metadata: [...listing.metadata] }),
    ...expiryQuery(listing.expiry, now),
  };
}

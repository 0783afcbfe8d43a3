import { LatchkeyError } from '@latchkey/contract/errors';
import type { Item, ListItemsQuery } from '@latchkey/contract/schemas/item';
import type { Executor } from '@latchkey/db/engine/executor';
import { type ExpiryFilter, type ItemFilter, type ItemScope, listItems } from '@latchkey/db/items/list';
import type { ItemRow } from '@latchkey/db/items/reader';
import type { AppContext, Caller } from '../context.js';
import { type Page, type PageQuery, readPagedList, toPage } from '../http/page-token.js';
import { toSearch } from '../http/stored-text.js';
import { toMetadataPredicates } from '../metadata-schema/predicates.js';
import { readByExpiry } from './list-by-expiry.js';
import { toItems } from './service.js';

/** One page of the items of a scope that is open to the caller. */
export async function listItemsFor(
  context: AppContext,
  caller: Caller,
  scope: ItemScope,
  query: ListItemsQuery,
): Promise<Page<Item>> {
  const search = toSearch(query.search);
  const types = query.itemTypes?.length ? [...new Set(query.itemTypes)].sort() : null;
  const expiry = toExpiryFilter(query);
  const isInDataset = query.isInDataset ?? null;
  const asked = { scope, search, types, expiry, isInDataset, metadata: query.metadata };
  const metadata = await toMetadataPredicates(context.db, query.metadata);
  const signUrls = query.signUrls ?? false;
  const filter = { scope, search, types, expiry, isInDataset, metadata, withSecrets: signUrls };
  const { rows, nextPageToken } = await (query.order === 'expiresAt'
    ? readByExpiry(context.db, filter, asked, query)
    : readByKey(context.db, filter, asked, { ...query, order: query.order ?? 'name' }));
  return { results: await toItems(context, caller, rows, signUrls), nextPageToken };
}

/** One page by name or creation. */
async function readByKey(
  db: Executor,
  filter: ItemFilter,
  asked: Readonly<Record<string, unknown>>,
  { fromEnd = false, desc = false, ...query }: PageQuery & { readonly fromEnd?: boolean },
): Promise<{ rows: readonly ItemRow[]; nextPageToken: string | null }> {
  const list = readPagedList('items', asked, { ...query, desc: desc !== fromEnd });
  return toPage(list, await listItems(db, filter, list.keyset));
}

/** Throws `invalid_request` for what is no moment, and for a range of what is unknown. */
export function toExpiryFilter({
  expiresAfter,
  expiresBefore,
  expiryUnknown,
}: Pick<ListItemsQuery, 'expiresAfter' | 'expiresBefore' | 'expiryUnknown'>): ExpiryFilter | null {
  const hasRange = expiresAfter !== undefined || expiresBefore !== undefined;
  if (expiryUnknown && hasRange)
    throw new LatchkeyError(
      'invalid_request',
      'An item whose expiry is unknown is in no range. Give expiryUnknown, or expiresAfter and expiresBefore.',
      { details: { place: 'query', field: 'expiryUnknown' } },
    );
  if (expiryUnknown) return 'unknown';
  if (!hasRange) return null;
  return { after: toMoment(expiresAfter, 'expiresAfter'), before: toMoment(expiresBefore, 'expiresBefore') };
}

/** The format of the contract lets leap seconds through, which are no moments here. */
export function toMoment(text: string | undefined, field: string): Date | null {
  if (text === undefined) return null;
  const moment = new Date(text);
  if (!Number.isNaN(moment.getTime())) return moment;
  throw new LatchkeyError(
    'invalid_request',
    `${field} is no moment. Give one such as 2026-03-01T12:00:00Z.`,
    {
      details: { place: 'query', field },
    },
  );
}

/** Items anywhere that the caller may see; organisation admins see all where they ask for it. */
export async function searchItemsFor(
  context: AppContext,
  caller: Caller,
  query: ListItemsQuery,
): Promise<Page<Item>> {
  const isNarrowed = query.search || query.itemTypes?.length || query.metadata?.length;
  if (!isNarrowed && toExpiryFilter(query) === null) {
    throw new LatchkeyError(
      'invalid_request',
      'A search for items needs search, itemTypes, metadata, expiresAfter, expiresBefore or expiryUnknown. Give one of them.',
      {
        details: { place: 'query', field: 'search' },
      },
    );
  }
  const scope: ItemScope =
    caller.isOrganisationAdmin && query.includeOrgAccess
      ? { kind: 'everywhere' }
      : { kind: 'sharedWith', userId: caller.userId };
  return listItemsFor(context, caller, scope, query);
}

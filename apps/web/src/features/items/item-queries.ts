import { listIntegrations } from '@latchkey/contract/routes/integrations';
import { getChildItems, getItem, getItemHistory, listItems } from '@latchkey/contract/routes/items';
import type { Item } from '@latchkey/contract/schemas/item';
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { transport } from '../../lib/api.js';
import { orgAccess } from '../../lib/session.js';
import type { ShownItem } from '../../lib/signer/fresh-urls.js';
import { freshened } from '../../lib/signer/page-desk.js';

/**
 * With a URL that opens it. Each answer hands the URL out, which is recorded: so it is asked for only when needed.
 * `failed`: the URL so far did not work, so that the signer, where there is one, is asked whatever it says of its expiry.
 */
export const signedItemQuery = (itemUuid: string, failed = false) =>
  queryOptions({
    queryKey: ['items', 'detail', itemUuid],
    queryFn: async ({ signal }): Promise<ShownItem> => {
      const item = await transport.call(getItem, { params: { itemUuid }, query: { signUrl: true }, signal });
      const [shown = item] = await freshened([item], signal, failed);
      return shown;
    },
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });

/** The members of a composite item in their order, with URLs that open them. */
export const membersQuery = ({ uuid: itemUuid, parent: folderUuid }: Item) =>
  queryOptions({
    queryKey: ['items', 'members', itemUuid],
    queryFn: async ({ signal }) => {
      const options = { params: { folderUuid, itemUuid }, query: { signUrls: true }, signal };
      return freshened((await transport.call(getChildItems, options)).results, signal);
    },
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });

/** Who changed, moved or renewed the item, newest first. */
export const historyQuery = ({ uuid: itemUuid, parent: folderUuid }: Item) =>
  infiniteQueryOptions({
    queryKey: ['items', 'history', itemUuid],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) => {
      const query = { pageSize: 10, pageToken: pageParam };
      return transport.call(getItemHistory, { params: { folderUuid, itemUuid }, query, signal });
    },
    getNextPageParam: (page) => page.nextPageToken ?? undefined,
  });

export const integrationsOfUser = queryOptions({
  queryKey: ['integrations', 'list', 'for-items'],
  queryFn: ({ signal }) => transport.call(listIntegrations, { query: orgAccess(), signal }),
  staleTime: 60_000,
});

const pageSize = 1000;
const maxPages = 5;

/** The first items of a folder by name, enough to find the neighbours of one in most folders. */
export const siblingsQuery = (folderUuid: string) =>
  queryOptions({
    queryKey: ['items', 'siblings', folderUuid],
    staleTime: 60_000,
    queryFn: async ({ signal }) => {
      const uuids: string[] = [];
      let pageToken: string | undefined;
      for (let page = 0; page < maxPages; page += 1) {
        const query = { order: 'name', pageSize, pageToken, ...orgAccess() } as const;
        const answer = await transport.call(listItems, { params: { folderUuid }, query, signal });
        uuids.push(...answer.results.map((item) => item.uuid));
        pageToken = answer.nextPageToken ?? undefined;
        if (!pageToken) break;
      }
      return uuids;
    },
  });

import { listIntegrations } from '@latchkey/contract/routes/integrations';
import { getChildItems, getItem, listItems } from '@latchkey/contract/routes/items';
import type { Item } from '@latchkey/contract/schemas/item';
import { queryOptions } from '@tanstack/react-query';
import { transport } from '../../lib/api.js';
import { orgAccess } from '../../lib/session.js';

/** With its signed URL. Each answer hands the URL out, which is recorded: so it is asked for only when needed. */
export const signedItemQuery = (itemUuid: string) =>
  queryOptions({
    queryKey: ['items', 'detail', itemUuid],
    queryFn: ({ signal }) =>
      transport.call(getItem, { params: { itemUuid }, query: { signUrl: true }, signal }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });

/** The members of a composite item in their order, with their signed URLs. */
export const membersQuery = ({ uuid: itemUuid, parent: folderUuid }: Item) =>
  queryOptions({
    queryKey: ['items', 'members', itemUuid],
    queryFn: async ({ signal }) => {
      const options = { params: { folderUuid, itemUuid }, query: { signUrls: true }, signal };
      return (await transport.call(getChildItems, options)).results;
    },
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
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

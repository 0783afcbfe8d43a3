import { limits } from '@latchkey/contract/limits';
import type { BodyOf } from '@latchkey/contract/route';
import {
  deleteItems,
  editItemsMetadata,
  migrateStorage,
  moveItems,
  patchItem,
} from '@latchkey/contract/routes/items';
import type { JsonObject } from '@latchkey/contract/schemas/common';
import type { Item } from '@latchkey/contract/schemas/item';
import { type InfiniteData, useMutation, useQueryClient } from '@tanstack/react-query';
import { transport } from '../../lib/api.js';
import { chunksOf } from './chunks-of.js';

type ItemPages = InfiniteData<{ results: Item[] }>;
type ItemRef = Pick<Item, 'uuid' | 'parent'>;

const inLists = { queryKey: ['items', 'list'] };

/** Changes the loaded pages in place: asking for all of them again would cost a call per page. */
function mapPages(pages: ItemPages | undefined, change: (item: Item) => Item | null): ItemPages | undefined {
  return (
    pages && {
      ...pages,
      pages: pages.pages.map((page) => ({
        ...page,
        results: page.results.map(change).filter((item) => item !== null),
      })),
    }
  );
}

function byParent(items: readonly ItemRef[]): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const item of items) groups.set(item.parent, [...(groups.get(item.parent) ?? []), item.uuid]);
  return groups;
}

export function usePatchItem() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ item, patch }: { item: ItemRef; patch: BodyOf<typeof patchItem> }) =>
      transport.call(patchItem, { params: { folderUuid: item.parent, itemUuid: item.uuid }, body: patch }),
    onSuccess: (changed) => {
      const keepUrl = (item: Item) =>
        item.uuid === changed.uuid ? { ...changed, signedUrl: item.signedUrl } : item;
      client.setQueriesData<ItemPages>(inLists, (pages) => mapPages(pages, keepUrl));
      client.setQueryData<Item>(['items', 'detail', changed.uuid], (item) => item && keepUrl(item));
      void client.invalidateQueries({ queryKey: ['items', 'history', changed.uuid] });
    },
  });
}

export interface MetadataEdit {
  readonly set: JsonObject;
  readonly remove: readonly string[];
}

/** The client metadata with keys set and removed, as the server does it. */
export function editedMetadata(clientMetadata: string, { set, remove }: MetadataEdit): JsonObject {
  const kept = Object.entries(JSON.parse(clientMetadata) as JsonObject).filter(
    ([key]) => !remove.includes(key),
  );
  return { ...Object.fromEntries(kept), ...set };
}

/** Sets and removes keys on items; answers how many were changed. Each bundle of the limit is all or nothing. */
export function useEditMetadata() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ items, edit }: { items: readonly ItemRef[]; edit: MetadataEdit }) => {
      let changed = 0;
      for (const bundle of chunksOf(items, limits.bulkItems)) {
        const itemUuids = bundle.map(({ uuid }) => uuid);
        const body = { itemUuids, set: edit.set, remove: [...edit.remove] };
        changed += (await transport.call(editItemsMetadata, { body })).changedCount;
        const edited = new Set(itemUuids);
        const change = (item: Item) =>
          edited.has(item.uuid)
            ? { ...item, clientMetadata: JSON.stringify(editedMetadata(item.clientMetadata, edit)) }
            : item;
        client.setQueriesData<ItemPages>(inLists, (pages) => mapPages(pages, change));
      }
      return changed;
    },
    onSettled: () => client.invalidateQueries({ queryKey: ['items', 'history'] }),
  });
}

export function useMoveItems() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ items, target }: { items: readonly ItemRef[]; target: string }) => {
      for (const [folderUuid, uuids] of byParent(items.filter((item) => item.parent !== target)))
        for (const itemUuids of chunksOf(uuids, limits.bulkItems))
          await transport.call(moveItems, {
            params: { folderUuid },
            body: { itemUuids, newParentUuid: target },
          });
    },
    onSettled: () => afterRemoval(client),
  });
}

export function useDeleteItems() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (items: readonly ItemRef[]) => {
      for (const [folderUuid, uuids] of byParent(items))
        for (const childUuids of chunksOf(uuids, limits.bulkItems))
          await transport.call(deleteItems, { params: { folderUuid }, body: { childUuids } });
    },
    onSettled: () => afterRemoval(client),
  });
}

/** Gives items new object URLs, by UUID; answers how many. Each bundle of the limit is all or nothing. */
export function useRenewItems() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (urls: ReadonlyMap<string, string>) => {
      for (const bundle of chunksOf([...urls], limits.bulkItems))
        await transport.call(migrateStorage, {
          body: { itemsMap: Object.fromEntries(bundle), validateAccess: true },
        });
      return urls.size;
    },
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ['items'] }),
        client.invalidateQueries({ queryKey: ['folders'] }),
      ]),
  });
}

/** What lists and counts have to forget once items are somewhere else. */
export async function afterRemoval(client: ReturnType<typeof useQueryClient>): Promise<void> {
  await Promise.all([
    client.resetQueries(inLists),
    client.invalidateQueries({ queryKey: ['folders', 'summary'] }),
  ]);
}

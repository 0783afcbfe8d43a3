import { limits } from '@latchkey/contract/limits';
import { getChildItems } from '@latchkey/contract/routes/items';
import type { Item } from '@latchkey/contract/schemas/item';
import { locate } from '@latchkey/locator/locate';
import type { ObjectStore } from '@latchkey/object-store/object-store';
import type { StorageClient } from '@latchkey/sdk/storage-client';
import type { StorageFolder } from '@latchkey/sdk/storage-folder';

export interface RenewFolderOptions {
  readonly urlOf: (key: string) => Promise<string>;
  /** Called with the first fresh URL, before any item gets one; what it throws ends all. */
  readonly check: (url: string) => Promise<void>;
  readonly signal: AbortSignal;
  readonly onProgress: (counts: RenewCounts) => void;
}

export interface RenewCounts {
  /** Objects that got a fresh URL; the members of a group count each. */
  renewed: number;
  /** Objects of the folder that are not below the URI. */
  elsewhere: number;
}

/**
 * Signs what a folder holds anew, as far as it lies in this store, and gives the items their fresh URLs by UUID. The
 * bucket itself is not listed.
 */
export async function renewFolder(
  client: StorageClient,
  folder: StorageFolder,
  store: ObjectStore,
  { urlOf, check, signal, onProgress }: RenewFolderOptions,
): Promise<RenewCounts> {
  const keyOf = createKeyReader(store);
  const counts: RenewCounts = { renewed: 0, elsewhere: 0 };
  let bundle: Record<string, string> = {};
  const send = async (): Promise<void> => {
    const [first] = Object.values(bundle);
    if (first === undefined) return;
    const size = Object.keys(bundle).length;
    if (counts.renewed === 0) await check(first);
    signal.throwIfAborted();
    // Who deletes an item meanwhile does not stop the others.
    await client.migrateStorage({ items: bundle, validateAccess: true, skipMissing: true });
    counts.renewed += size;
    bundle = {};
    onProgress(counts);
  };
  for await (const { uuid, url } of objectsOf(client, folder)) {
    const key = url === null ? null : keyOf(url);
    if (key === null) counts.elsewhere += 1;
    else bundle[uuid] = await urlOf(key);
    if (Object.keys(bundle).length === limits.bulkItems) await send();
  }
  await send();
  return counts;
}

/** The items directly in the folder that have an object, and the members of those that have several. */
async function* objectsOf(client: StorageClient, folder: StorageFolder): AsyncGenerator<Item> {
  for await (const item of folder.listItems()) {
    if (item.url !== null) yield item;
    else yield* await childrenOf(client, folder, item);
  }
}

async function childrenOf(
  client: StorageClient,
  folder: StorageFolder,
  item: Item,
): Promise<readonly Item[]> {
  const params = { folderUuid: folder.uuid, itemUuid: item.uuid };
  const { results } = await client.context.transport.call(getChildItems, { params, query: {} });
  return results.filter(({ url }) => url !== null);
}

/** The key in this store of an object's URL, however that is written; null: it lies elsewhere. */
export function createKeyReader(store: ObjectStore): (url: string) => string | null {
  const sample = locate(store.objectUrl('x'));
  const base = sample.ok ? sample.url.identity.slice(0, -1) : null;
  return (url) => {
    const located = locate(url);
    if (base === null || !located.ok || !located.url.identity.startsWith(base)) return null;
    const path = located.url.identity.slice(base.length);
    // A version or another part of the query is nothing that is signed here.
    if (path === '' || path.includes('?')) return null;
    const key = decodeURIComponent(path);
    return key.startsWith(store.prefix) ? key : null;
  };
}

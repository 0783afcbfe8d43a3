import { getItemsBulk } from '@latchkey/contract/routes/items';
import { transport } from '../../../lib/api.js';
import type { ShownItem } from '../../../lib/signer/fresh-urls.js';
import { freshened } from '../../../lib/signer/page-desk.js';

interface Wish {
  readonly signal: AbortSignal;
  readonly resolve: (item: ShownItem | undefined) => void;
  readonly reject: (error: unknown) => void;
}

/** Tiles come into sight together: one request for all of them. */
const gatherMs = 60;
const wishes = new Map<string, Wish>();

/** An item with the URL that opens it. Each hand-out is recorded, so what was scrolled past meanwhile is not asked for. */
export function signedItem(itemUuid: string, signal: AbortSignal): Promise<ShownItem | undefined> {
  wishes.get(itemUuid)?.reject(new Error('The item was asked for again.'));
  if (wishes.size === 0) setTimeout(() => void ask(), gatherMs);
  return new Promise((resolve, reject) => wishes.set(itemUuid, { signal, resolve, reject }));
}

async function ask(): Promise<void> {
  const wanted = new Map([...wishes].filter(([, { signal }]) => !signal.aborted));
  for (const [uuid, { signal, reject }] of wishes) if (!wanted.has(uuid)) reject(signal.reason);
  wishes.clear();
  if (wanted.size === 0) return;
  try {
    const body = { itemUuids: [...wanted.keys()], signUrls: true };
    const { results } = await transport.call(getItemsBulk, { body });
    const items = await freshened(results, new AbortController().signal);
    const byUuid = new Map(items.map((item) => [item.uuid, item]));
    for (const [uuid, { resolve }] of wanted) resolve(byUuid.get(uuid));
  } catch (error) {
    for (const { reject } of wanted.values()) reject(error);
  }
}

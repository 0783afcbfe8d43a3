import { insertAuditEntries } from '@latchkey/db/audit/writer';
import type { ItemRow } from '@latchkey/db/items/reader';
import { aboutItems } from '../audit/about-items.js';
import type { AppContext, Caller } from '../context.js';
import { wholeUrl } from './object-urls.js';

/**
 * The object URLs of the items by id, byte for byte as they were registered. The audit log has them, in one entry,
 * before they leave. An item whose integration is gone has none, nor has one whose members have the objects. The rows
 * must have been read with their secrets.
 */
export async function handOutUrls(
  context: AppContext,
  caller: Caller,
  rows: readonly ItemRow[],
): Promise<ReadonlyMap<string, string>> {
  const handed = new Map(
    rows.filter((row) => row.integration_id !== null && row.url_head !== null).map((row) => [row.id, row]),
  );
  if (handed.size === 0) return new Map();
  const urls = new Map([...handed.values()].map((row) => [row.id, wholeUrl(context.secretKeys, row)]));
  await insertAuditEntries(context.db, [aboutItems(caller.userId, 'item.url.handOut', [...handed.values()])]);
  return urls;
}

import { LatchkeyError } from '@latchkey/contract/errors';
import type { Item, PatchItem } from '@latchkey/contract/schemas/item';
import { insertAuditEntries } from '@latchkey/db/audit/writer';
import { isForeignKeyViolation } from '@latchkey/db/engine/errors';
import { getMembers, listMemberItems, listMembers, listUsableItems } from '@latchkey/db/items/members';
import { getItems, type ItemRow, listItemIdsIn } from '@latchkey/db/items/reader';
import { moveItems, updateItems } from '@latchkey/db/items/writer';
import { v7 as uuidv7 } from 'uuid';
import { mustHaveFolders, mustHaveItems, notFound } from '../access/authorise-many.js';
import { handOutUrls } from '../access/hand-out.js';
import type { AppContext, Caller } from '../context.js';
import { toStoredChanges } from '../http/stored-changes.js';
import { toUuid } from '../http/stored-text.js';
import { mustFitSchema } from '../metadata-schema/fit.js';
import { toItem } from './to-item.js';

/** In the order of the ids, repeats included; the caller's right to see them has been checked. */
export async function getItemsFor(
  context: AppContext,
  caller: Caller,
  ids: readonly string[],
  signUrls: boolean,
): Promise<Item[]> {
  const rows = await readItemRows(context, ids, signUrls);
  const byId = new Map((await toItems(context, caller, rows, signUrls)).map((item) => [item.uuid, item]));
  return ids.map((id) => {
    const item = byId.get(id);
    if (!item) throw notFound('item_not_found', id);
    return item;
  });
}

/** Items, and members of items, in the order of the ids, each once. */
export async function readItemRows(
  { db }: AppContext,
  ids: readonly string[],
  signUrls: boolean,
): Promise<ItemRow[]> {
  const items = ids.length === 0 ? [] : await getItems(db, ids, signUrls);
  const found = new Set(items.map(({ id }) => id));
  const others = ids.filter((id) => !found.has(id));
  const members = others.length === 0 ? [] : await getMembers(db, others, signUrls);
  const rows = new Map([...items, ...members].map((row) => [row.id, row]));
  return [...new Set(ids)].flatMap((id) => rows.get(id) ?? []);
}

/** The members of a composite item in their order, without items that the caller may not see; none of any other item. */
export async function getChildItemsFor(
  context: AppContext,
  caller: Caller,
  uuid: string,
  signUrls: boolean,
): Promise<Item[]> {
  const itemId = toUuid(uuid, 'itemUuid');
  const own = await listMembers(context.db, itemId, signUrls);
  if (own.length > 0) return toItems(context, caller, own, signUrls);
  const ids = await listMemberItems(context.db, itemId);
  const usable = new Set((await listUsableItems(context.db, ids, caller.userId)).map(({ id }) => id));
  return getItemsFor(
    context,
    caller,
    ids.filter((id) => usable.has(id)),
    signUrls,
  );
}

export async function getItemFor(
  context: AppContext,
  caller: Caller,
  uuid: string,
  signUrl: boolean,
): Promise<Item> {
  const [item] = await getItemsFor(context, caller, [toUuid(uuid, 'itemUuid')], signUrl);
  if (!item) throw notFound('item_not_found', uuid);
  return item;
}

/** Throws `item_not_found` for the first item that the caller may not see. */
export async function getItemsBulkFor(
  context: AppContext,
  caller: Caller,
  uuids: readonly string[],
  signUrls: boolean,
): Promise<Item[]> {
  const ids = uuids.map((uuid) => toUuid(uuid, 'itemUuids'));
  await mustHaveItems(context.db, caller, ids, 'viewer');
  return getItemsFor(context, caller, ids, signUrls);
}

/** `signUrls`: the rows were read with their secrets; each URL that is handed out goes into the audit log. */
export async function toItems(
  context: AppContext,
  caller: Caller,
  rows: readonly ItemRow[],
  signUrls: boolean,
): Promise<Item[]> {
  const urls = signUrls ? await handOutUrls(context, caller, rows) : null;
  return rows.map((row) => toItem(row, urls?.get(row.id) ?? null, caller));
}

/** All or nothing; answers the ids in the order of the patches. */
export async function changeItems(
  context: AppContext,
  caller: Caller,
  patches: Readonly<Record<string, PatchItem>>,
): Promise<string[]> {
  const byId = toStoredChanges(patches, 'itemPatches');
  const ids = [...byId.keys()];
  await context.db.transaction(async (tx) => {
    const items = await mustHaveItems(tx, caller, ids, 'editor');
    await mustFitSchema(
      tx,
      [...byId.values()].map(({ clientMetadata }) => clientMetadata),
    );
    const placed = [...byId.values()].flatMap((change) => {
      const folderId = items.get(change.id)?.folder_id;
      return folderId === undefined ? [] : [{ ...change, folderId }];
    });
    const changed = await updateItems(tx, placed);
    // Moved or deleted by someone else since they were checked.
    if (changed < ids.length) throw new LatchkeyError('item_not_found');
  });
  return ids;
}

/** Moves items out of the folder `fromUuid`; all or nothing. */
export async function moveItemsFor(
  context: AppContext,
  caller: Caller,
  fromUuid: string,
  itemUuids: readonly string[],
  newParentUuid: string,
): Promise<void> {
  const fromId = toUuid(fromUuid, 'folderUuid');
  const toId = toUuid(newParentUuid, 'newParentUuid');
  const ids = [...new Set(itemUuids.map((uuid) => toUuid(uuid, 'itemUuids')))];
  const move = context.db.transaction(async (tx) => {
    await mustHaveFolders(tx, caller, [toId], 'editor');
    const here = new Set(await listItemIdsIn(tx, fromId, ids));
    const stranger = ids.find((id) => !here.has(id));
    if (stranger !== undefined) throw notFound('item_not_found', stranger);
    const moved = await moveItems(tx, fromId, toId, ids);
    // Moved or deleted by someone else since they were looked for.
    if (moved.length < ids.length) throw new LatchkeyError('item_not_found');
    await insertAuditEntries(tx, [
      {
        id: uuidv7(),
        userId: caller.userId,
        action: 'item.move',
        subjectType: 'folder',
        subjectId: fromId,
        details: { itemsCount: ids.length, itemUuids: ids, newParentUuid: toId },
      },
    ]);
  });
  await move.catch((error: unknown) => {
    throw isForeignKeyViolation(error) ? notFound('folder_not_found', toId) : error;
  });
}

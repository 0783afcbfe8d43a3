import { LatchkeyError } from '@latchkey/contract/errors';
import { limits } from '@latchkey/contract/limits';
import type { EditedItems, EditItemsMetadata } from '@latchkey/contract/schemas/item-changes';
import { insertAuditEntries } from '@latchkey/db/audit/writer';
import { editItemsMetadata, type MetadataEdit } from '@latchkey/db/items/writer';
import { v7 as uuidv7 } from 'uuid';
import { mustHaveItems } from '../access/authorise-many.js';
import type { AppContext, Caller } from '../context.js';
import { toStoredMetadata, toStoredText, toUuid } from '../http/stored-text.js';
import { mustFitSchema } from '../metadata-schema/fit.js';

/** Sets and removes keys of the client metadata of the items; all or nothing. */
export async function editItemsMetadataFor(
  context: AppContext,
  caller: Caller,
  body: EditItemsMetadata,
): Promise<EditedItems> {
  const ids = [...new Set(body.itemUuids.map((uuid) => toUuid(uuid, 'itemUuids')))];
  const { edit, setKeys } = toMetadataEdit(body);
  return context.db.transaction(async (tx) => {
    const access = await mustHaveItems(tx, caller, ids, 'editor');
    await mustFitSchema(tx, [edit.set]);
    const items = [...access.values()].map(({ id, folder_id }) => ({ id, folderId: folder_id }));
    const { found, changed_ids, too_large_ids } = await editItemsMetadata(tx, items, edit);
    if (found < ids.length) throw new LatchkeyError('item_not_found');
    const [tooLargeId] = too_large_ids;
    if (tooLargeId !== undefined) throw tooLarge(tooLargeId, edit.maxBytes);
    const [only] = ids;
    await insertAuditEntries(tx, [
      {
        id: uuidv7(),
        userId: caller.userId,
        action: 'item.edit-metadata',
        subjectType: 'item',
        subjectId: ids.length === 1 && only !== undefined ? only : null,
        details: {
          ...(ids.length > 1 && { itemUuids: ids }),
          setKeys,
          removedKeys: edit.remove,
          changedCount: changed_ids.length,
        },
      },
    ]);
    return { itemsCount: ids.length, changedCount: changed_ids.length };
  });
}

/** The edit that a body asks for, and the names of the keys that it sets. */
export function toMetadataEdit({
  set = {},
  remove: removed = [],
}: Pick<EditItemsMetadata, 'set' | 'remove'>): {
  readonly edit: MetadataEdit;
  readonly setKeys: readonly string[];
} {
  const text = toStoredMetadata(set);
  const setKeys = Object.keys(set);
  const remove = [...new Set(removed.map((key) => toStoredText(key, 'remove')))];
  if (setKeys.length === 0 && remove.length === 0)
    throw new LatchkeyError('invalid_request', 'Nothing is to be changed. Give keys in "set" or "remove".');
  const both = remove.find((key) => Object.hasOwn(set, key));
  if (both !== undefined)
    throw new LatchkeyError(
      'invalid_request',
      `The key ${JSON.stringify(both)} is both in "set" and in "remove". Take it out of one of them.`,
      { details: { field: 'remove' } },
    );
  return { edit: { set: text, remove, maxBytes: limits.clientMetadataBytes }, setKeys };
}

const tooLarge = (itemUuid: string, maxBytes: number) =>
  new LatchkeyError(
    'invalid_client_metadata',
    `With these keys the client metadata of the item ${itemUuid} would be larger than the ${maxBytes} bytes allowed (limit clientMetadataBytes). No item was changed. Set less, or remove other keys.`,
    { details: { uuid: itemUuid } },
  );

import type { EditedMatching, EditMatchingMetadata } from '@latchkey/contract/schemas/matching';
import { editItemsMetadata } from '@latchkey/db/items/writer';
import { recordChange } from '../../audit/record-change.js';
import type { AppContext, Caller } from '../../context.js';
import { toUuid } from '../../http/stored-text.js';
import { mustFitSchema } from '../../metadata-schema/fit.js';
import { toMetadataEdit } from '../edit-metadata.js';
import { readMatching } from './read-matching.js';

/** The caller may change what is in the folder, and so all below it. Items that it would make too large are named. */
export async function editMatchingMetadataFor(
  context: AppContext,
  caller: Caller,
  folderUuid: string,
  body: EditMatchingMetadata,
): Promise<EditedMatching> {
  const folderId = toUuid(folderUuid, 'folderUuid');
  const { edit, setKeys } = toMetadataEdit(body);
  const request = { operation: 'item.edit-metadata', folderId, body, change: edit };
  return context.db.transaction(async (tx) => {
    await mustFitSchema(tx, [edit.set]);
    const { rows, nextPageToken } = await readMatching(tx, request);
    const items = rows.map(({ id, folder_id }) => ({ id, folderId: folder_id }));
    const { found, changed_ids, too_large_ids } = await editItemsMetadata(tx, items, edit);
    const changedCount = changed_ids.length;
    if (changedCount > 0)
      await recordChange(
        tx,
        caller,
        'item.edit-metadata',
        { type: 'folder', id: folderId },
        { changedCount, itemUuids: changed_ids, setKeys, removedKeys: edit.remove, filter: body.filter },
      );
    const failures = too_large_ids.map((itemUuid) => tooLarge(itemUuid, edit.maxBytes));
    return { itemsCount: found, changedCount, failures, nextPageToken };
  });
}

const tooLarge = (itemUuid: string, maxBytes: number): EditedMatching['failures'][number] => ({
  itemUuid,
  code: 'invalid_client_metadata',
  message: `With these keys its client metadata would be larger than the ${maxBytes} bytes allowed (limit clientMetadataBytes). It was left as it is. Set less, or remove other keys.`,
});

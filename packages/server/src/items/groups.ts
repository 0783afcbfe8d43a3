import type { ItemType } from '@latchkey/contract/kinds';
import type { ItemSummary } from '@latchkey/contract/schemas/item';
import { listGroupsOfItem } from '@latchkey/db/items/members';
import { openScope } from '../access/open-scope.js';
import type { AppContext, Caller } from '../context.js';
import { toUuid } from '../http/stored-text.js';

type GroupUse = Pick<ItemSummary, 'frameInGroups' | 'accessibleGroupItems'>;

/** How many groups, series and sequences an item is a member of, and which of them the caller may open. */
export async function groupsOf({ db }: AppContext, caller: Caller, itemUuid: string): Promise<GroupUse> {
  const groups = await listGroupsOfItem(db, toUuid(itemUuid, 'itemUuid'), openScope(caller));
  return {
    frameInGroups: groups.length,
    accessibleGroupItems: groups
      .filter(({ is_open }) => is_open)
      .map(({ id, name, type, folder_id, folder_name }) => ({
        uuid: id,
        name,
        parentUuid: folder_id,
        parentName: folder_name,
        itemType: type as ItemType,
      })),
  };
}

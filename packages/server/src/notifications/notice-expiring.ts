import type { Executor } from '@latchkey/db/engine/executor';
import {
  claimExpiringFolders,
  countExpiringUnsigned,
  type ExpiringFolder,
  hasSigners,
  insertExpiryNotifications,
  lookAgain,
} from '@latchkey/db/notifications/expiry';
import { v7 as uuidv7 } from 'uuid';
import type { AppContext } from '../context.js';
import { emitEvents } from '../webhooks/emit.js';
import { itemsExpiringData } from '../webhooks/event-data.js';

const foldersAtATime = 100;
/** A folder whose expiring items all have a signer is looked at so often within the lead time. */
const looksWithinLead = 4;

/**
 * Tells those who administer a folder, and webhooks, that items in it are about to expire, while they can still be
 * renewed in time: once for a folder within the lead time, however many minutes their ends are spread over. Items with
 * a signer do not count: browsers get fresh URLs of them.
 */
export async function noticeExpiring(context: AppContext): Promise<void> {
  const { expiryNoticeHours } = context.config;
  if (expiryNoticeHours === null) return;
  const leadSeconds = expiryNoticeHours * 3600;
  let count: number;
  do {
    count = await context.db.transaction(async (tx) => {
      const claimed = await claimExpiringFolders(tx, leadSeconds, foldersAtATime);
      const folders = await withoutSigner(tx, claimed, leadSeconds);
      const notifications = folders.flatMap(({ recipients, folder_name: _name, ...folder }) =>
        recipients.map((user_id) => ({ ...folder, user_id, id: uuidv7() })),
      );
      if (notifications.length > 0) await insertExpiryNotifications(tx, notifications);
      if (folders.length > 0)
        await emitEvents(tx, context, 'items.expiring', async () => folders.map(itemsExpiringData));
      return claimed.length;
    });
  } while (count === foldersAtATime);
}

/** The folders with the counts of items that have no signer; those that have no such item are looked at again. */
async function withoutSigner(
  tx: Executor,
  claimed: readonly ExpiringFolder[],
  leadSeconds: number,
): Promise<readonly ExpiringFolder[]> {
  if (claimed.length === 0 || !(await hasSigners(tx))) return claimed;
  const folders: ExpiringFolder[] = [];
  for (const folder of claimed) {
    const count = await countExpiringUnsigned(tx, folder.folder_id, leadSeconds);
    if (count) folders.push({ ...folder, ...count });
  }
  const told = new Set(folders.map(({ folder_id }) => folder_id));
  const others = claimed.flatMap(({ folder_id }) => (told.has(folder_id) ? [] : [folder_id]));
  if (others.length > 0) await lookAgain(tx, others, leadSeconds, leadSeconds / looksWithinLead);
  return folders;
}

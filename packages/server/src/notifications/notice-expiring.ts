import { claimExpiringFolders, insertExpiryNotifications } from '@latchkey/db/notifications/expiry';
import { v7 as uuidv7 } from 'uuid';
import type { AppContext } from '../context.js';

const foldersAtATime = 100;

/**
 * Tells those who administer a folder that items in it are about to expire, while they can still be renewed in time:
 * once for a folder within the lead time, however many minutes their ends are spread over.
 */
export async function noticeExpiring({ db, config }: AppContext): Promise<void> {
  const { expiryNoticeHours } = config;
  if (expiryNoticeHours === null) return;
  let count: number;
  do {
    count = await db.transaction(async (tx) => {
      const folders = await claimExpiringFolders(tx, expiryNoticeHours * 3600, foldersAtATime);
      const notifications = folders.flatMap(({ recipients, ...folder }) =>
        recipients.map((user_id) => ({ ...folder, user_id, id: uuidv7() })),
      );
      if (notifications.length > 0) await insertExpiryNotifications(tx, notifications);
      return folders.length;
    });
  } while (count === foldersAtATime);
}

import { markNotificationsRead } from '@latchkey/contract/routes/notifications';
import { markRead } from '@latchkey/db/notifications/writer';
import { defineHandler } from '../../http/handler.js';

export const markNotificationsReadHandler = defineHandler(
  markNotificationsRead,
  async (context, { caller, body }) => {
    await markRead(context.db, caller.userId, body.notificationUuids ?? null);
    return undefined;
  },
);

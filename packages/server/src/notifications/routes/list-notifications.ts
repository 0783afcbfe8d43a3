import { limits } from '@latchkey/contract/limits';
import { listNotifications } from '@latchkey/contract/routes/notifications';
import { countUnread, listNotifications as readNotifications } from '@latchkey/db/notifications/reader';
import { defineHandler } from '../../http/handler.js';
import { fromIdToken, toIdPage } from '../../http/id-page.js';
import { toUploadJob } from '../../registration/to-upload-job.js';

export const listNotificationsHandler = defineHandler(
  listNotifications,
  async (context, { caller, query }) => {
    const pageSize = query.pageSize ?? limits.pageSizeDefault;
    const rows = await readNotifications(
      context.db,
      caller.userId,
      fromIdToken('notifications', query.pageToken),
      pageSize + 1,
    );
    const { page, nextPageToken } = toIdPage('notifications', rows, pageSize, (row) => row.notification_id);
    const results = page.map((row) => ({
      uuid: row.notification_id,
      kind: 'uploadJob' as const,
      createdAt: row.notification_created_at.toISOString(),
      readAt: row.read_at?.toISOString() ?? null,
      uploadJob: toUploadJob(row, context.now()),
    }));
    return { results, nextPageToken, unreadCount: await countUnread(context.db, caller.userId) };
  },
);

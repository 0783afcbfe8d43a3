import { limits } from '@latchkey/contract/limits';
import { listNotifications } from '@latchkey/contract/routes/notifications';
import { countUnread, listNotifications as readNotifications } from '@latchkey/db/notifications/reader';
import { getUploadJobs } from '@latchkey/db/upload-jobs/reader';
import { defineHandler } from '../../http/handler.js';
import { fromIdToken, toIdPage } from '../../http/id-page.js';
import { toNotification } from '../to-notification.js';

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
    const { page, nextPageToken } = toIdPage('notifications', rows, pageSize, (row) => row.id);
    const jobIds = page.flatMap(({ upload_job_id }) => upload_job_id ?? []);
    const jobs = new Map((await getUploadJobs(context.db, jobIds)).map((job) => [job.id, job]));
    const results = page.map((row) => toNotification(row, jobs, context.now()));
    return { results, nextPageToken, unreadCount: await countUnread(context.db, caller.userId) };
  },
);

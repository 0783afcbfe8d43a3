import type { Executor } from '../engine/executor.js';
import { jobColumns, jobJoins, type UploadJobRow } from '../upload-jobs/reader.js';

/** A notification with the columns of its job beside it. */
export interface NotificationRow extends UploadJobRow {
  readonly notification_id: string;
  readonly notification_created_at: Date;
  readonly read_at: Date | null;
}

/** Newest first, after the notification `before`. */
export async function listNotifications(
  db: Executor,
  userId: string,
  before: string | null,
  limit: number,
): Promise<NotificationRow[]> {
  const text = `SELECT n.id AS notification_id, n.created_at AS notification_created_at, n.read_at, ${jobColumns}
    FROM notifications n JOIN upload_jobs j ON j.id = n.upload_job_id ${jobJoins}
    WHERE n.user_id = $1 AND ($2::uuid IS NULL OR n.id < $2) ORDER BY n.id DESC LIMIT $3`;
  return db.query<NotificationRow>({ name: 'notifications.list', text, values: [userId, before, limit] });
}

export async function countUnread(db: Executor, userId: string): Promise<number> {
  const text = 'SELECT count(*) AS unread FROM notifications WHERE user_id = $1 AND read_at IS NULL';
  const rows = await db.query<{ unread: number }>({
    name: 'notifications.countUnread',
    text,
    values: [userId],
  });
  return rows[0]?.unread ?? 0;
}

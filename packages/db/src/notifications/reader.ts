import type { Executor } from '../engine/executor.js';

export interface NotificationRow {
  readonly id: string;
  readonly kind: 'uploadJob' | 'itemsExpiring' | 'webhookDisabled' | 'tokenExpiring';
  readonly created_at: Date;
  readonly read_at: Date | null;
  /** Of `uploadJob`; null: the job is gone. */
  readonly upload_job_id: string | null;
  /** Of `itemsExpiring`, as the other columns below. */
  readonly folder_id: string | null;
  readonly folder_name: string | null;
  readonly items_count: number | null;
  /** Ends of minutes. */
  readonly first_expired_by: Date | null;
  readonly last_expired_by: Date | null;
  /** Of `webhookDisabled`, as the next one. */
  readonly webhook_id: string | null;
  readonly webhook_url: string | null;
  /** Of `tokenExpiring`, as the next ones. */
  readonly api_token_id: string | null;
  readonly token_title: string | null;
  readonly token_expires_at: Date | null;
  /** The name of the service account whose token it is; null: it is the user's own. */
  readonly token_account: string | null;
}

/** Newest first, after the notification `before`. */
export async function listNotifications(
  db: Executor,
  userId: string,
  before: string | null,
  limit: number,
): Promise<NotificationRow[]> {
  const text = `SELECT n.id, n.kind, n.created_at, n.read_at, n.upload_job_id, n.folder_id, f.name AS folder_name, n.items_count,
      n.first_expired_by, n.last_expired_by, n.webhook_id, w.url AS webhook_url, n.api_token_id, t.title AS token_title, t.expires_at AS token_expires_at,
      u.name AS token_account
    FROM notifications n LEFT JOIN folders f ON f.id = n.folder_id LEFT JOIN webhooks w ON w.id = n.webhook_id
      LEFT JOIN api_tokens t ON t.id = n.api_token_id LEFT JOIN users u ON u.id = t.user_id AND u.kind = 'service'
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

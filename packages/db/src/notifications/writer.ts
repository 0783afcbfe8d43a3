import type { Executor } from '../engine/executor.js';
import type { ExpiringToken } from '../users/token-expiry.js';

export async function insertNotification(
  db: Executor,
  notification: { id: string; userId: string; uploadJobId: string },
): Promise<void> {
  const text = `INSERT INTO notifications (id, user_id, kind, upload_job_id) VALUES ($1, $2, 'uploadJob', $3)`;
  await db.query({
    name: 'notifications.insert',
    text,
    values: [notification.id, notification.userId, notification.uploadJobId],
  });
}

/** Null: all of the user's. */
export async function markRead(db: Executor, userId: string, ids: readonly string[] | null): Promise<void> {
  const text = `UPDATE notifications SET read_at = now() WHERE user_id = $1 AND read_at IS NULL AND ($2::uuid[] IS NULL OR id = ANY ($2))`;
  await db.query({ name: 'notifications.markRead', text, values: [userId, ids] });
}

/** A job that has finished is news again, also for a user who had seen it running. */
export async function markJobUnread(db: Executor, uploadJobId: string): Promise<void> {
  const text = 'UPDATE notifications SET read_at = NULL WHERE upload_job_id = $1';
  await db.query({ name: 'notifications.markJobUnread', text, values: [uploadJobId] });
}

export async function insertWebhookNotifications(
  tx: Executor,
  webhookId: string,
  notifications: readonly { readonly id: string; readonly user_id: string }[],
): Promise<void> {
  const text = `INSERT INTO notifications (id, user_id, kind, webhook_id)
    SELECT id, user_id, 'webhookDisabled', $2::uuid FROM json_populate_recordset(NULL::notifications, $1)`;
  await tx.query({
    name: 'notifications.insertWebhook',
    text,
    values: [JSON.stringify(notifications), webhookId],
  });
}

export async function insertTokenNotifications(
  tx: Executor,
  notifications: readonly (ExpiringToken & { readonly id: string })[],
): Promise<void> {
  const text = `INSERT INTO notifications (id, user_id, kind, api_token_id)
    SELECT id, user_id, 'tokenExpiring', api_token_id FROM json_populate_recordset(NULL::notifications, $1)`;
  await tx.query({ name: 'notifications.insertToken', text, values: [JSON.stringify(notifications)] });
}

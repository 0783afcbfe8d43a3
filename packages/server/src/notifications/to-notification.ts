import type {
  DisabledWebhook,
  ExpiringItems,
  ExpiringToken,
  Notification,
} from '@latchkey/contract/schemas/notification';
import type { NotificationRow } from '@latchkey/db/notifications/reader';
import type { UploadJobRow } from '@latchkey/db/upload-jobs/reader';
import { toUploadJob } from '../registration/to-upload-job.js';

/** `now` in epoch milliseconds. */
export function toNotification(
  row: NotificationRow,
  jobs: ReadonlyMap<string, UploadJobRow>,
  now: number,
): Notification {
  const job = row.upload_job_id === null ? undefined : jobs.get(row.upload_job_id);
  return {
    uuid: row.id,
    kind: row.kind,
    createdAt: row.created_at.toISOString(),
    readAt: row.read_at?.toISOString() ?? null,
    uploadJob: job ? toUploadJob(job, now) : null,
    expiringItems: toExpiringItems(row),
    disabledWebhook: toDisabledWebhook(row),
    expiringToken: toExpiringToken(row),
  };
}

function toExpiringItems(row: NotificationRow): ExpiringItems | null {
  const { folder_id, folder_name, items_count, first_expired_by, last_expired_by } = row;
  if (folder_id === null || first_expired_by === null || last_expired_by === null) return null;
  return {
    folderUuid: folder_id,
    folderName: folder_name ?? '',
    itemsCount: items_count ?? 0,
    firstExpiresBy: first_expired_by.toISOString(),
    lastExpiresBy: last_expired_by.toISOString(),
  };
}

/** The path of the URL may be a secret. */
function toDisabledWebhook({ webhook_id, webhook_url }: NotificationRow): DisabledWebhook | null {
  if (webhook_id === null || webhook_url === null) return null;
  return { webhookUuid: webhook_id, host: new URL(webhook_url).host };
}

function toExpiringToken({
  api_token_id,
  token_title,
  token_expires_at,
  token_account,
}: NotificationRow): ExpiringToken | null {
  if (api_token_id === null || token_title === null || token_expires_at === null) return null;
  return {
    tokenUuid: api_token_id,
    title: token_title,
    expiresAt: token_expires_at.toISOString(),
    serviceAccount: token_account,
  };
}

import type { Executor } from '../engine/executor.js';

export interface ExpiringFolder {
  readonly folder_id: string;
  readonly folder_name: string;
  readonly items_count: number;
  /** Ends of minutes. */
  readonly first_expired_by: Date;
  readonly last_expired_by: Date;
  /** Who administers the folder. */
  readonly recipients: string[];
}

/**
 * Folders with items that expire within the time and of which no notice was given for as long; they count as noticed
 * from now on, if the transaction commits.
 */
export async function claimExpiringFolders(
  db: Executor,
  leadSeconds: number,
  limit: number,
): Promise<ExpiringFolder[]> {
  const text = `WITH expiring AS (
      SELECT e.folder_id, sum(e.items_count)::bigint AS items_count, min(e.expired_by) AS first_expired_by, max(e.expired_by) AS last_expired_by
      FROM folder_expiry_counts e LEFT JOIN expiry_notices n ON n.folder_id = e.folder_id
      WHERE e.expired_by > now() AND e.expired_by <= now() + make_interval(secs => $1) AND e.items_count > 0
        AND (n.noticed_at IS NULL OR n.noticed_at <= now() - make_interval(secs => $1))
      GROUP BY e.folder_id ORDER BY e.folder_id LIMIT $2),
    claimed AS (
      INSERT INTO expiry_notices AS n (folder_id, noticed_at) SELECT folder_id, now() FROM expiring
      ON CONFLICT (folder_id) DO UPDATE SET noticed_at = excluded.noticed_at
        WHERE n.noticed_at <= now() - make_interval(secs => $1)
      RETURNING folder_id)
    SELECT e.*, (SELECT name FROM folders f WHERE f.id = e.folder_id) AS folder_name, ARRAY(SELECT DISTINCT m.user_id FROM folders f JOIN folder_access m ON m.folder_id = ANY (f.path) JOIN users u ON u.id = m.user_id
        WHERE f.id = e.folder_id AND m.role = 'admin' AND u.deactivated_at IS NULL) AS recipients
    FROM expiring e JOIN claimed USING (folder_id)`;
  return db.query<ExpiringFolder>({
    name: 'notifications.claimExpiring',
    text,
    values: [leadSeconds, limit],
  });
}

/** What browsers get fresh URLs of, because a signer is asked for them, dies without harm. */
export async function hasSigners(db: Executor): Promise<boolean> {
  const text = 'SELECT EXISTS (SELECT 1 FROM integrations WHERE signer_url IS NOT NULL) AS found';
  return (await db.query<{ found: boolean }>({ name: 'integrations.anySigner', text }))[0]?.found ?? false;
}

export type ExpiringCount = Pick<ExpiringFolder, 'items_count' | 'first_expired_by' | 'last_expired_by'>;

/** Of the items of a folder that expire within the time, those whose integration has no signer; null: there are none. */
export async function countExpiringUnsigned(
  db: Executor,
  folderId: string,
  leadSeconds: number,
): Promise<ExpiringCount | null> {
  const text = `SELECT count(*) AS items_count, min(end_of_minute(i.expires_at)) AS first_expired_by,
      max(end_of_minute(i.expires_at)) AS last_expired_by
    FROM (SELECT DISTINCT encode(block, 'hex') AS ids FROM folder_expiry_blocks
        WHERE folder_id = $1 AND expired_by > now() AND expired_by <= now() + make_interval(secs => $2) AND items_count > 0) b
      JOIN items i ON i.folder_id = $1 AND i.id BETWEEN (b.ids || '00')::uuid AND (b.ids || 'ff')::uuid
      LEFT JOIN integrations n ON n.id = i.integration_id
    WHERE end_of_minute(i.expires_at) > now() AND end_of_minute(i.expires_at) <= now() + make_interval(secs => $2)
      AND n.signer_url IS NULL
    HAVING count(*) > 0`;
  const rows = await db.query<ExpiringCount>({
    name: 'notifications.countExpiringUnsigned',
    text,
    values: [folderId, leadSeconds],
  });
  return rows[0] ?? null;
}

/** Has claimed folders looked at again after so long, because no notice was given. */
export async function lookAgain(
  tx: Executor,
  folderIds: readonly string[],
  leadSeconds: number,
  afterSeconds: number,
): Promise<void> {
  const text = `UPDATE expiry_notices SET noticed_at = now() - make_interval(secs => $2) + make_interval(secs => $3)
    WHERE folder_id = ANY ($1::uuid[])`;
  await tx.query({
    name: 'notifications.lookAgain',
    text,
    values: [folderIds, leadSeconds, afterSeconds],
  });
}

export interface ExpiryNotification extends Omit<ExpiringFolder, 'recipients' | 'folder_name'> {
  readonly id: string;
  readonly user_id: string;
}

export async function insertExpiryNotifications(
  db: Executor,
  notifications: readonly ExpiryNotification[],
): Promise<void> {
  const text = `INSERT INTO notifications (id, user_id, kind, folder_id, items_count, first_expired_by, last_expired_by)
    SELECT id, user_id, 'itemsExpiring', folder_id, items_count, first_expired_by, last_expired_by
    FROM json_populate_recordset(NULL::notifications, $1)`;
  await db.query({ name: 'notifications.insertExpiry', text, values: [JSON.stringify(notifications)] });
}

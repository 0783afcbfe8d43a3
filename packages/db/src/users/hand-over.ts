import type { Executor } from '../engine/executor.js';
import { type SharedKind, sharedTables } from '../sharing/shared-tables.js';

/**
 * What goes to another user when `$1` leaves: what the user administers by a role of their own, and what no other
 * active user has a role on, through a group or on a folder above neither.
 */
function theirObjects(kind: SharedKind): string {
  const { objects, members, objectId } = sharedTables[kind];
  const places = kind === 'folder' ? 'ANY (o.path)' : 'o.id';
  return `SELECT o.id FROM ${members} m JOIN ${objects} o ON o.id = m.${objectId}
    WHERE m.user_id = $1 AND (m.role = 'admin' OR NOT EXISTS (
      SELECT 1 FROM ${kind}_access a JOIN users u ON u.id = a.user_id
      WHERE a.${objectId} = ${places} AND a.user_id <> $1 AND u.deactivated_at IS NULL))
    ORDER BY o.id`;
}

export async function listTheirObjects(db: Executor, kind: SharedKind, userId: string): Promise<string[]> {
  const text = theirObjects(kind);
  const rows = await db.query<{ id: string }>({ name: `handOver.${kind}s`, text, values: [userId] });
  return rows.map(({ id }) => id);
}

/** The other user administers them in the place of the first one. Answers which. */
export async function handOverObjects(
  tx: Executor,
  kind: SharedKind,
  userId: string,
  toUserId: string,
): Promise<string[]> {
  const { members, objectId } = sharedTables[kind];
  // Objects are locked before their members, as whoever deletes them does.
  const text = `WITH theirs AS (${theirObjects(kind)} FOR KEY SHARE OF o),
      removed AS (DELETE FROM ${members} m USING theirs t WHERE m.${objectId} = t.id AND m.user_id = $1 RETURNING t.id)
    INSERT INTO ${members} (${objectId}, user_id, role) SELECT id, $2, 'admin' FROM removed ORDER BY id
    ON CONFLICT (${objectId}, user_id) DO UPDATE SET role = excluded.role RETURNING ${objectId} AS id`;
  const values = [userId, toUserId];
  const rows = await tx.query<{ id: string }>({ name: `handOver.move${kind}s`, text, values });
  return rows.map(({ id }) => id);
}

/** Notifications of the user `$1` about the folders `$2` and what is below them: unread ones, and those of jobs that run. */
const theirNotifications = `SELECT n.id FROM notifications n LEFT JOIN upload_jobs j ON j.id = n.upload_job_id
    JOIN folders f ON f.id = coalesce(j.folder_id, n.folder_id)
    WHERE n.user_id = $1 AND f.path && $2::uuid[] AND (n.read_at IS NULL OR j.status = 'PENDING')`;

export interface TheirCounts {
  readonly notifications: number;
  readonly webhooks: number;
  readonly running_jobs: number;
}

/** `folderIds`: those of `listTheirObjects`. */
export async function countTheirs(
  db: Executor,
  userId: string,
  folderIds: readonly string[],
): Promise<TheirCounts> {
  const text = `SELECT (SELECT count(*) FROM (${theirNotifications}) t) AS notifications,
      (SELECT count(*) FROM webhooks WHERE created_by = $1) AS webhooks,
      (SELECT count(*) FROM upload_jobs WHERE created_by = $1 AND status = 'PENDING') AS running_jobs`;
  const [row] = await db.query<TheirCounts>({ name: 'handOver.counts', text, values: [userId, folderIds] });
  if (!row) throw new Error('handOver.counts returned no row');
  return row;
}

/** Answers how many. */
export async function handOverNotifications(
  tx: Executor,
  userId: string,
  folderIds: readonly string[],
  toUserId: string,
): Promise<number> {
  const text = `UPDATE notifications SET user_id = $3 WHERE id IN (${theirNotifications}) RETURNING id`;
  const values = [userId, folderIds, toUserId];
  return (await tx.query({ name: 'handOver.notifications', text, values })).length;
}

/** Answers which. */
export async function handOverWebhooks(tx: Executor, userId: string, toUserId: string): Promise<string[]> {
  const text = 'UPDATE webhooks SET created_by = $2 WHERE created_by = $1 RETURNING id';
  const rows = await tx.query<{ id: string }>({
    name: 'handOver.webhooks',
    text,
    values: [userId, toUserId],
  });
  return rows.map(({ id }) => id);
}

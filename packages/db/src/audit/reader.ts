import type { Executor } from '../engine/executor.js';
import { Parameters, whereAll } from '../paging/keyset.js';

export interface AuditRow {
  readonly id: string;
  readonly at: Date;
  readonly user_id: string | null;
  readonly action: string;
  readonly subject_type: string;
  readonly subject_id: string | null;
  readonly details: Readonly<Record<string, unknown>>;
}

export interface ListedAuditRow extends AuditRow {
  /** Null: nobody was signed in, or the user is gone. */
  readonly email: string | null;
  /** Null: not sealed yet. */
  readonly position: number | null;
  readonly hash: Buffer | null;
}

export interface AuditFilter {
  /** UUID or e-mail address. */
  readonly actor: string | null;
  readonly action: string | null;
  readonly subjectId: string | null;
  readonly after: Date | null;
  readonly before: Date | null;
}

const columns = 'l.id, l.at, l.user_id, l.action, l.subject_type, l.subject_id, l.details';

/** What a user did to one subject, first things first. */
export async function listOwnAuditEntries(
  db: Executor,
  subjectId: string,
  userId: string,
): Promise<AuditRow[]> {
  const text = `SELECT ${columns} FROM audit_log l WHERE l.subject_id = $1 AND l.user_id = $2 ORDER BY l.id`;
  return db.query<AuditRow>({ name: 'auditLog.own', text, values: [subjectId, userId] });
}

export interface ItemChangeRow extends AuditRow {
  /** Null: the user is gone. */
  readonly email: string | null;
}

/** What was done to one item, alone or among others: of the actions named, newest first, those before the id. */
export async function listItemChanges(
  db: Executor,
  itemId: string,
  actions: readonly string[],
  beforeId: string | null,
  limit: number,
): Promise<ItemChangeRow[]> {
  const page = (about: string) => `(SELECT ${columns} FROM audit_log l
      WHERE ${about} AND l.action = ANY ($2) AND ($3::uuid IS NULL OR l.id < $3) ORDER BY l.id DESC LIMIT $4)`;
  const alone = 'l.subject_id = $1::uuid';
  const amongOthers = `l.details ? 'itemUuids' AND l.details -> 'itemUuids' @> to_jsonb(($1::uuid)::text)`;
  const text = `WITH changes AS (${page(alone)} UNION ${page(amongOthers)})
    SELECT c.*, u.email FROM changes c LEFT JOIN users u ON u.id = c.user_id ORDER BY c.id DESC LIMIT $4`;
  const values = [itemId, actions, beforeId, limit];
  return db.query<ItemChangeRow>({ name: 'auditLog.itemChanges', text, values });
}

/** A clock that is set back, or differs between machines, by no more than this does not hide entries from a range. */
const clockSkewMs = 3_600_000;

/** Newest first, those before the id. Ids are UUIDv7, so a range of time is one of ids as well. */
export async function listAuditEntries(
  db: Executor,
  filter: AuditFilter,
  beforeId: string | null,
  limit: number,
): Promise<ListedAuditRow[]> {
  const parameters = new Parameters();
  const conditions = whereAll(commonConditions(filter, beforeId, parameters));
  const most = parameters.add(limit);
  const page = (own: string) =>
    `(SELECT ${columns} FROM audit_log l ${conditions}${own === '' ? '' : `${conditions === '' ? 'WHERE' : ' AND'} ${own}`} ORDER BY l.id DESC LIMIT ${most})`;
  const text = `WITH page AS (${subjectPages(filter, parameters).map(page).join(' UNION ')})
    SELECT p.*, u.email, c.position, c.hash FROM page p
      LEFT JOIN users u ON u.id = p.user_id LEFT JOIN audit_chain c ON c.entry_id = p.id
    ORDER BY p.id DESC LIMIT ${most}`;
  return db.query<ListedAuditRow>({ name: 'auditLog.list', text, values: parameters.values });
}

function commonConditions(
  { actor, action, after, before }: AuditFilter,
  beforeId: string | null,
  parameters: Parameters,
): string[] {
  return [
    ...(beforeId ? [`l.id < ${parameters.add(beforeId)}::uuid`] : []),
    ...(actor
      ? [
          actor.includes('@')
            ? `l.user_id = (SELECT id FROM users WHERE email = lower(${parameters.add(actor)}))`
            : `l.user_id = ${parameters.add(actor)}::uuid`,
        ]
      : []),
    ...(action ? [`l.action = ${parameters.add(action)}`] : []),
    ...(after
      ? [
          `l.at >= ${parameters.add(after)}::timestamptz`,
          `l.id >= ${parameters.add(idAt(after.getTime() - clockSkewMs))}::uuid`,
        ]
      : []),
    ...(before
      ? [
          `l.at < ${parameters.add(before)}::timestamptz`,
          `l.id < ${parameters.add(idAt(before.getTime() + clockSkewMs))}::uuid`,
        ]
      : []),
  ];
}

/** An entry is about one subject, or lists the items that it is about: each is found by its own index. */
function subjectPages({ subjectId }: AuditFilter, parameters: Parameters): string[] {
  if (subjectId === null) return [''];
  return [
    `l.subject_id = ${parameters.add(subjectId)}::uuid`,
    `l.details ? 'itemUuids' AND l.details -> 'itemUuids' @> to_jsonb(${parameters.add(subjectId)}::text)`,
  ];
}

/** The first UUIDv7 of a moment. */
function idAt(epochMs: number): string {
  const digits = Math.max(0, Math.min(epochMs, 2 ** 48 - 1))
    .toString(16)
    .padStart(12, '0');
  return `${digits.slice(0, 8)}-${digits.slice(8)}-7000-8000-000000000000`;
}

import type { Executor } from '../engine/executor.js';

export interface AuditRow {
  readonly id: string;
  readonly at: Date;
  readonly user_id: string | null;
  readonly action: string;
  readonly details: Readonly<Record<string, unknown>>;
}

/** What a user did to one subject, first things first. */
export async function listOwnAuditEntries(
  db: Executor,
  subjectId: string,
  userId: string,
): Promise<AuditRow[]> {
  const text = `SELECT id, at, user_id, action, details FROM audit_log
    WHERE subject_id = $1 AND user_id = $2 ORDER BY id`;
  return db.query<AuditRow>({ name: 'auditLog.own', text, values: [subjectId, userId] });
}

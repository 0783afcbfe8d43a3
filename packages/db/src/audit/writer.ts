import type { Executor } from '../engine/executor.js';

export interface AuditEntry {
  readonly id: string;
  /** Null: the operator, by a setting. */
  readonly userId: string | null;
  readonly action: string;
  readonly subjectType:
    | 'item'
    | 'folder'
    | 'integration'
    | 'upload-job'
    | 'user'
    | 'installation'
    | 'signing-key'
    | 'export';
  readonly subjectId: string | null;
  /** Holds no secret. */
  readonly details: Readonly<Record<string, unknown>>;
}

export async function insertAuditEntries(db: Executor, entries: readonly AuditEntry[]): Promise<void> {
  const text = `INSERT INTO audit_log (id, user_id, action, subject_type, subject_id, details)
    SELECT id, "userId", action, "subjectType", "subjectId", details FROM json_to_recordset($1)
      AS e (id uuid, "userId" uuid, action text, "subjectType" text, "subjectId" uuid, details jsonb)`;
  await db.query({ name: 'auditLog.insert', text, values: [JSON.stringify(entries)] });
}

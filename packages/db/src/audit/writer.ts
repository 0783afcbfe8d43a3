import type { Executor } from '../engine/executor.js';

export const auditSubjectTypes = [
  'item',
  'folder',
  'integration',
  'upload-job',
  'user',
  'group',
  'dataset',
  'export',
  'key',
  'route',
  'installation',
  'signing-key',
  'audit-log',
  'webhook',
  'session',
  'passkey',
  'one-time-link',
  'metadata-schema',
] as const;
export type AuditSubjectType = (typeof auditSubjectTypes)[number];

export interface AuditEntry {
  readonly id: string;
  /** Null: nobody is signed in, or the server did it by itself. */
  readonly userId: string | null;
  readonly action: string;
  readonly subjectType: AuditSubjectType;
  readonly subjectId: string | null;
  /** Holds no secret. An entry about several items lists them as `itemUuids`, by which it is found. */
  readonly details: Readonly<Record<string, unknown>>;
}

export async function insertAuditEntries(db: Executor, entries: readonly AuditEntry[]): Promise<void> {
  const text = `INSERT INTO audit_log (id, user_id, action, subject_type, subject_id, details)
    SELECT id, "userId", action, "subjectType", "subjectId", details FROM json_to_recordset($1)
      AS e (id uuid, "userId" uuid, action text, "subjectType" text, "subjectId" uuid, details jsonb)`;
  await db.query({ name: 'auditLog.insert', text, values: [JSON.stringify(entries)] });
}

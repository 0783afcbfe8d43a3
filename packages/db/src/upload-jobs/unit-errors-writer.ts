import type { Executor } from '../engine/executor.js';

export interface NewUnitError {
  readonly id: string;
  readonly position: number;
  readonly kind: string | null;
  readonly element: number;
  readonly line: number | null;
  readonly column: number | null;
  readonly field: string | null;
  readonly code: string;
  readonly message: string;
  readonly hint: string;
  readonly title: string | null;
  /** Without the signature. */
  readonly objectUrl: string | null;
}

export async function insertUnitErrors(
  db: Executor,
  jobId: string,
  errors: readonly NewUnitError[],
): Promise<void> {
  const text = `INSERT INTO unit_errors (job_id, position, id, kind, element, line, column_number, field, code, message, hint, title, object_url)
    SELECT $1, position, id, kind, element, line, "column", field, code, message, hint, title, "objectUrl"
    FROM json_to_recordset($2) AS e (position bigint, id uuid, kind text, element bigint, line bigint, "column" bigint, field text,
      code text, message text, hint text, title text, "objectUrl" text)`;
  await db.query({ name: 'unitErrors.insert', text, values: [jobId, JSON.stringify(errors)] });
}

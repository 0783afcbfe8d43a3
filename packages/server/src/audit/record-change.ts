import { type AuditSubjectType, insertAuditEntries } from '@latchkey/db/audit/writer';
import type { Executor } from '@latchkey/db/engine/executor';
import { v7 as uuidv7 } from 'uuid';
import type { Caller } from '../context.js';

/** One entry of the user, in the transaction of what it tells of. */
export async function recordChange(
  tx: Executor,
  { userId }: Pick<Caller, 'userId'>,
  action: string,
  subject: { readonly type: AuditSubjectType; readonly id: string },
  details: Record<string, unknown> = {},
): Promise<void> {
  await insertAuditEntries(tx, [
    { id: uuidv7(), userId, action, subjectType: subject.type, subjectId: subject.id, details },
  ]);
}

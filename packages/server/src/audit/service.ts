import { LatchkeyError } from '@latchkey/contract/errors';
import type { AuditEntry, ExportAuditQuery, ListAuditQuery } from '@latchkey/contract/schemas/audit';
import { type AuditFilter, type ListedAuditRow, listAuditEntries } from '@latchkey/db/audit/reader';
import { insertAuditEntries } from '@latchkey/db/audit/writer';
import { v7 as uuidv7 } from 'uuid';
import type { AppContext, Caller } from '../context.js';
import { toStoredText, toUuid, uuidPattern } from '../http/stored-text.js';
import { toMoment } from '../items/list-items.js';

export function toAuditFilter(query: Omit<ListAuditQuery, 'pageToken' | 'pageSize'>): AuditFilter {
  const { actor, action, subject, after, before } = query;
  return {
    actor: actor ? toActor(actor) : null,
    action: action ? toStoredText(action, 'action') : null,
    subjectId: subject === undefined ? null : toUuid(subject, 'subject'),
    after: toMoment(after, 'after'),
    before: toMoment(before, 'before'),
  };
}

function toActor(actor: string): string {
  if (uuidPattern.test(actor)) return actor.toLowerCase();
  if (actor.includes('@')) return toStoredText(actor, 'actor');
  throw new LatchkeyError('invalid_request', 'actor must be the UUID or the e-mail address of a user.', {
    details: { place: 'query', field: 'actor' },
  });
}

export const toAuditEntry = (row: ListedAuditRow): AuditEntry => ({
  entryUuid: row.id,
  at: row.at.toISOString(),
  actor: row.user_id === null ? null : { uuid: row.user_id, email: row.email },
  action: row.action,
  subjectType: row.subject_type,
  subjectUuid: row.subject_id,
  details: { ...row.details },
  position: row.position,
  hash: row.hash?.toString('hex') ?? null,
});

const entriesAtATime = 1000;

/** All entries that fit, newest first, page by page. That it was asked for is an entry itself. */
export async function exportAuditLogFor(
  context: AppContext,
  caller: Caller,
  { format, ...query }: ExportAuditQuery,
): Promise<AsyncGenerator<readonly AuditEntry[], void, undefined>> {
  const filter = toAuditFilter(query);
  await insertAuditEntries(context.db, [
    {
      id: uuidv7(),
      userId: caller.userId,
      action: 'audit-log.export',
      subjectType: 'audit-log',
      subjectId: null,
      details: { format, ...query },
    },
  ]);
  return pages(context, filter);
}

async function* pages(
  { db }: AppContext,
  filter: AuditFilter,
): AsyncGenerator<readonly AuditEntry[], void, undefined> {
  let before: string | null = null;
  do {
    const rows: readonly ListedAuditRow[] = await listAuditEntries(db, filter, before, entriesAtATime);
    if (rows.length > 0) yield rows.map(toAuditEntry);
    before = rows.at(-1)?.id ?? null;
  } while (before !== null);
}

import { LatchkeyError } from '@latchkey/contract/errors';
import type { ExportFormat } from '@latchkey/contract/export-formats';
import type { ExportReport, LeftOut } from '@latchkey/contract/schemas/export';
import { type AuditRow, listOwnAuditEntries } from '@latchkey/db/audit/reader';
import type { AppContext, Caller } from '../context.js';
import { toUuid } from '../http/stored-text.js';

/** What the audit log tells of an export of the caller. Throws `export_not_found`. */
export async function getExportReportFor(
  context: AppContext,
  caller: Caller,
  uuid: string,
): Promise<ExportReport> {
  const exportUuid = toUuid(uuid, 'exportUuid');
  const entries = await listOwnAuditEntries(context.db, exportUuid, caller.userId);
  const begin = entries.find(({ action }) => action === 'export.begin');
  if (!begin) throw new LatchkeyError('export_not_found');
  const end = entries.find(({ action }) => action === 'export.end');
  return {
    exportUuid,
    status: statusOf(end),
    // Both as `export.begin` and `export.end` wrote them.
    format: begin.details['format'] as ExportFormat,
    withSignatures: begin.details['withSignatures'] === true,
    startedAt: begin.at.toISOString(),
    endedAt: end?.at.toISOString() ?? null,
    itemsCount: Number(end?.details['itemsCount'] ?? 0),
    urlsCount: entries.reduce((sum, { action, details }) => sum + urlsOf(action, details), 0),
    leftOut: (end?.details['leftOut'] ?? []) as LeftOut[],
  };
}

function statusOf(end: AuditRow | undefined): ExportReport['status'] {
  if (!end) return 'RUNNING';
  return end.details['isComplete'] === true ? 'DONE' : 'BROKEN';
}

const urlsOf = (action: string, details: AuditRow['details']): number =>
  action === 'export.urls.handOut' ? Number(details['urls']) : 0;

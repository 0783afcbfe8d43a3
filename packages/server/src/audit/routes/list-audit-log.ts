import { limits } from '@latchkey/contract/limits';
import { listAuditLog } from '@latchkey/contract/routes/audit';
import { listAuditEntries } from '@latchkey/db/audit/reader';
import { defineHandler } from '../../http/handler.js';
import { fromIdToken, toIdPage } from '../../http/id-page.js';
import { toAuditEntry, toAuditFilter } from '../service.js';

export const listAuditLogHandler = defineHandler(listAuditLog, async (context, { query }) => {
  const pageSize = query.pageSize ?? limits.pageSizeDefault;
  const before = fromIdToken('auditLog', query.pageToken);
  const rows = await listAuditEntries(context.db, toAuditFilter(query), before, pageSize + 1);
  const { page, nextPageToken } = toIdPage('auditLog', rows, pageSize, ({ id }) => id);
  return { results: page.map(toAuditEntry), nextPageToken };
});

import { Readable } from 'node:stream';
import { exportAuditLog } from '@latchkey/contract/routes/audit';
import { defineHandler } from '../../http/handler.js';
import { auditCsv, auditNdjson } from '../audit-text.js';
import { exportAuditLogFor } from '../service.js';

const contentTypes = { csv: 'text/csv', ndjson: 'application/x-ndjson' } as const;

export const exportAuditLogHandler = defineHandler(
  exportAuditLog,
  async (context, { caller, query, reply }) => {
    const pages = await exportAuditLogFor(context, caller, query);
    await reply
      .header('content-type', `${contentTypes[query.format]}; charset=utf-8`)
      .header('content-disposition', `attachment; filename="audit-log.${query.format}"`)
      .header('cache-control', 'no-store')
      .send(Readable.from(query.format === 'csv' ? auditCsv(pages) : auditNdjson(pages)));
    return undefined;
  },
);

import { verifyAuditLog } from '@latchkey/contract/routes/audit';
import { defineHandler } from '../../http/handler.js';
import { verifyAuditLog as verify } from '../verify-log.js';

export const verifyAuditLogHandler = defineHandler(verifyAuditLog, (context, { query }) =>
  verify(context, query),
);

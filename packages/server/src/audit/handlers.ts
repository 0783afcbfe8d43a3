import type { Handler } from '../http/handler.js';
import { exportAuditLogHandler } from './routes/export-audit-log.js';
import { listAuditLogHandler } from './routes/list-audit-log.js';
import { verifyAuditLogHandler } from './routes/verify-audit-log.js';

export const auditHandlers: readonly Handler[] = [
  listAuditLogHandler,
  exportAuditLogHandler,
  verifyAuditLogHandler,
];

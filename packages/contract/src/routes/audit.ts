import { defineRoute } from '../route.js';
import {
  AuditPage,
  AuditVerification,
  ExportAuditQuery,
  ListAuditQuery,
  VerifyAuditQuery,
} from '../schemas/audit.js';
import { prefix } from './params.js';

const tag = 'Audit log';
const base = `${prefix}/audit-log`;

export const listAuditLog = defineRoute({
  operationId: 'listAuditLog',
  method: 'GET',
  path: base,
  tag,
  summary: 'Who did what, newest first.',
  permission: 'organisation:admin',
  schemas: { query: ListAuditQuery, response: AuditPage },
  errors: ['invalid_page_token'],
});
export const exportAuditLog = defineRoute({
  operationId: 'exportAuditLog',
  method: 'GET',
  path: `${base}/export`,
  tag,
  summary: 'All entries that fit, newest first, as NDJSON or CSV.',
  permission: 'organisation:admin',
  schemas: { query: ExportAuditQuery },
  produces: 'application/x-ndjson',
});
export const verifyAuditLog = defineRoute({
  operationId: 'verifyAuditLog',
  method: 'GET',
  path: `${base}/verification`,
  tag,
  summary:
    'Reads the whole chain of hashes, and names the first entry that was changed, removed or inserted.',
  permission: 'organisation:admin',
  schemas: { query: VerifyAuditQuery, response: AuditVerification },
});

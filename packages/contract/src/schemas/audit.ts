import { type Static, Type } from 'typebox';
import { JsonObject, Nullable, OneOf, Page, pageQuery, Timestamp, Uuid } from './common.js';

export const AuditEntry = Type.Object({
  entryUuid: Uuid,
  at: Timestamp,
  actor: Nullable(
    Type.Object({
      uuid: Uuid,
      email: Nullable(Type.String({ description: 'Null: the user is gone.' })),
    }),
  ),
  action: Type.String(),
  subjectType: Type.String(),
  subjectUuid: Nullable(Uuid),
  details: JsonObject,
  position: Nullable(Type.Integer({ description: 'In the chain; null for what is not sealed yet.' })),
  hash: Nullable(Type.String({ description: 'SHA-256 of the chain up to the entry, hexadecimal.' })),
});
export type AuditEntry = Static<typeof AuditEntry>;
export const AuditPage = Page(AuditEntry);

const Moment = Type.String({ format: 'date-time' });
const filters = {
  actor: Type.Optional(Type.String({ maxLength: 320, description: 'UUID or e-mail address of the user.' })),
  action: Type.Optional(Type.String({ maxLength: 100 })),
  subject: Type.Optional(
    Type.String({ format: 'uuid', description: 'Also the entries that list it among several items.' }),
  ),
  after: Type.Optional(Moment),
  before: Type.Optional(Moment),
};

export const ListAuditQuery = Type.Object({ ...filters, ...pageQuery });
export type ListAuditQuery = Static<typeof ListAuditQuery>;

export const ExportAuditQuery = Type.Object({ ...filters, format: OneOf(['ndjson', 'csv'] as const) });
export type ExportAuditQuery = Static<typeof ExportAuditQuery>;

export const VerifyAuditQuery = Type.Object({
  position: Type.Optional(Type.Integer({ minimum: 1 })),
  hash: Type.Optional(
    Type.String({
      pattern: '^[0-9a-f]{64}$',
      description: 'Of a head that was noted before, with its position: the chain must still hold it.',
    }),
  ),
});
export type VerifyAuditQuery = Static<typeof VerifyAuditQuery>;

export const AuditProblem = Type.Object({
  kind: OneOf(['changed', 'removed', 'inserted'] as const),
  position: Nullable(Type.Integer()),
  entryUuid: Nullable(Uuid),
  message: Type.String(),
});
export type AuditProblem = Static<typeof AuditProblem>;

export const AuditVerification = Type.Object({
  isWhole: Type.Boolean(),
  entriesChecked: Type.Integer({ minimum: 0 }),
  entriesUnsealed: Type.Integer({ minimum: 0, description: 'Too new to be in the chain.' }),
  removedThrough: Type.Integer({
    minimum: 0,
    description: 'Position up to which retention has removed entries.',
  }),
  head: Nullable(
    Type.Object({ position: Type.Integer(), hash: Type.String() }, { description: 'To be noted elsewhere.' }),
  ),
  problem: Nullable(AuditProblem),
});
export type AuditVerification = Static<typeof AuditVerification>;

import { type Static, Type } from 'typebox';
import { exportFormatNames, leftOutReasonNames } from '../export-formats.js';
import { limits } from '../limits.js';
import { Nullable, OneOf, Timestamp, Uuid } from './common.js';
import { ItemTypeSchema, itemFilterQuery } from './item.js';

const Format = OneOf(exportFormatNames);

const exportOptions = {
  format: Format,
  withSignatures: Type.Optional(
    Type.Boolean({
      description:
        'Object URLs as they were registered, each recorded in the audit log; without it URLs have no signature: a list to sign anew.',
    }),
  ),
  exportUuid: Type.Optional(
    Type.String({ format: 'uuid', description: 'A new UUID under which the report can be asked for.' }),
  ),
};

export const ExportFolderQuery = Type.Object({ ...exportOptions, ...itemFilterQuery });
export type ExportFolderQuery = Static<typeof ExportFolderQuery>;

export const ExportItems = Type.Object(
  { ...exportOptions, itemUuids: Type.Array(Uuid, { minItems: 1, maxItems: limits.bulkItems }) },
  { additionalProperties: false },
);
export type ExportItems = Static<typeof ExportItems>;

export const LeftOut = Type.Object({
  itemType: ItemTypeSchema,
  reason: OneOf(leftOutReasonNames),
  count: Type.Integer({ minimum: 1 }),
});
export type LeftOut = Static<typeof LeftOut>;

export const ExportReport = Type.Object({
  exportUuid: Uuid,
  /** `BROKEN`: the reader went away, or the server failed. */
  status: OneOf(['RUNNING', 'DONE', 'BROKEN'] as const),
  format: Format,
  withSignatures: Type.Boolean(),
  startedAt: Timestamp,
  endedAt: Nullable(Timestamp),
  itemsCount: Type.Integer({ minimum: 0, description: 'Items that were written; 0 while it runs.' }),
  urlsCount: Type.Integer({ minimum: 0, description: 'Signed object URLs that were handed out so far.' }),
  leftOut: Type.Array(LeftOut),
});
export type ExportReport = Static<typeof ExportReport>;
export const ExportParams = Type.Object({ exportUuid: Uuid });

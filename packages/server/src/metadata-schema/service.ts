import { isDeepStrictEqual } from 'node:util';
import { comparisonOf } from '@latchkey/contract/metadata-filter';
import type {
  DatedMetadataSchema,
  MetadataSchema,
  SimpleMetadataSchema,
} from '@latchkey/contract/schemas/metadata-schema';
import { insertAuditEntries } from '@latchkey/db/audit/writer';
import type { Executor } from '@latchkey/db/engine/executor';
import { getMetadataSchema, type MetadataSchemaRow } from '@latchkey/db/metadata-schema/reader';
import { beginSchemaChange, replaceMetadataKeys } from '@latchkey/db/metadata-schema/writer';
import { v7 as uuidv7 } from 'uuid';
import type { AppContext, Caller } from '../context.js';
import { checkMetadataSchema, refuse } from './check-schema.js';
import { fromSimpleSchema, toSimpleSchema } from './simple-schema.js';

/** Clients ask for a number; there is one organisation. */
const organisationId = 1;

/** Empty if there is none. */
export async function readMetadataSchema(db: Executor): Promise<MetadataSchema> {
  const row = await getMetadataSchema(db);
  return row === null ? {} : toMetadataSchema(row);
}

/** The database holds only what this service wrote. */
export const toMetadataSchema = ({ types }: MetadataSchemaRow): MetadataSchema =>
  JSON.parse(types) as MetadataSchema;

export async function readSimpleMetadataSchema(db: Executor): Promise<DatedMetadataSchema | null> {
  const row = await getMetadataSchema(db);
  if (row === null) return null;
  return {
    uuid: row.id,
    metadataSchema: toSimpleSchema(toMetadataSchema(row)),
    organisationId,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}

export async function changeMetadataSchema(
  context: AppContext,
  caller: Caller,
  given: MetadataSchema,
): Promise<void> {
  await replaceSchema(context, caller, () => checkMetadataSchema(given));
}

export async function changeSimpleMetadataSchema(
  context: AppContext,
  caller: Caller,
  given: SimpleMetadataSchema,
): Promise<void> {
  await replaceSchema(context, caller, (current) => checkMetadataSchema(fromSimpleSchema(given, current)));
}

/** Two changes at once are made one after the other. */
async function replaceSchema(
  { db }: AppContext,
  caller: Caller,
  make: (current: MetadataSchema) => MetadataSchema,
): Promise<void> {
  await db.transaction(async (tx) => {
    await beginSchemaChange(tx, uuidv7());
    const current = await readMetadataSchema(tx);
    const next = keepBuried(current, make(current));
    await replaceMetadataKeys(
      tx,
      Object.entries(next).map(([key, type]) => ({
        key,
        type: JSON.stringify(type),
        comparedAs: comparisonOf(type),
      })),
    );
    const isNew = (key: string) => !Object.hasOwn(current, key);
    const keys = Object.keys(next);
    const changed = keys.filter((key) => !isNew(key) && !isDeepStrictEqual(next[key], current[key]));
    await insertAuditEntries(tx, [
      {
        id: uuidv7(),
        userId: caller.userId,
        action: 'metadata-schema.change',
        subjectType: 'metadata-schema',
        subjectId: null,
        details: {
          addedKeys: keys.filter(isNew),
          changedKeys: changed,
          removedKeys: Object.keys(current).filter((key) => !Object.hasOwn(next, key)),
        },
      },
    ]);
  });
}

/** A key that was deleted for good stays so: it is not restored, and does not go away with a schema that leaves it out. */
function keepBuried(current: MetadataSchema, next: MetadataSchema): MetadataSchema {
  const buried = Object.entries(current).filter(([, type]) => type.ty === 'tombstone' && !type.deleted_ty);
  for (const [key, type] of buried) {
    const given = next[key];
    if (given && !isDeepStrictEqual(given, type))
      refuse(key, 'was deleted for good and cannot be defined again. Use another key.');
  }
  return { ...next, ...Object.fromEntries(buried) };
}

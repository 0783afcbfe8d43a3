import { errorCatalogue, LatchkeyError } from '@latchkey/contract/errors';
import type { DataGroupInput } from '@latchkey/contract/schemas/item';
import type { MetadataSchema } from '@latchkey/contract/schemas/metadata-schema';
import { insertAuditEntries } from '@latchkey/db/audit/writer';
import { CopyRows } from '@latchkey/db/engine/copy-rows';
import type { Executor } from '@latchkey/db/engine/executor';
import { copyNewMembers, listUsableItems, newMemberColumns } from '@latchkey/db/items/members';
import { copyNewItems, lockFolder, newItemColumns } from '@latchkey/db/upload-jobs/register-items';
import { readPart } from '@latchkey/manifest/read/read-part';
import type { Unit, UnitErrorCode } from '@latchkey/manifest/read/unit';
import { v7 as uuidv7 } from 'uuid';
import { notFound } from '../access/authorise-many.js';
import type { AppContext, Caller } from '../context.js';
import { toUuid } from '../http/stored-text.js';
import { readMetadataSchema } from '../metadata-schema/service.js';
import { mustFitItems } from '../quotas.js';
import { type RowOwner, toItemRow, toOwnerColumns } from '../registration/item-row.js';
import { identityHash, toReferenceRow } from '../registration/member-row.js';
import { referencesProblem } from '../registration/refuse-references.js';

/**
 * Data groups of registered items, as `data_groups` of a manifest makes them; all or nothing. Answers their ids in the
 * order of the request. Throws `data_group_invalid`.
 */
export async function createDataGroupsFor(
  context: AppContext,
  caller: Caller,
  folderUuid: string,
  inputs: readonly DataGroupInput[],
): Promise<string[]> {
  const folderId = toUuid(folderUuid, 'folderUuid');
  const metadataSchema = await readMetadataSchema(context.db);
  const groups = readGroups(context, inputs, metadataSchema).map((unit) => ({ id: uuidv7(), unit }));
  await context.db.transaction(async (tx) => {
    if (!(await lockFolder(tx, folderId, false))) throw notFound('folder_not_found', folderUuid);
    await mustBeUsable(
      tx,
      caller,
      groups.map(({ unit }) => unit),
    );
    const owner = { jobId: '', folderId, integrationId: null, createdBy: caller.userId };
    await insertGroups(tx, context, owner, groups);
    const itemUuids = groups.map(({ id }) => id);
    await insertAuditEntries(tx, [
      {
        id: uuidv7(),
        userId: caller.userId,
        action: 'item.create-groups',
        subjectType: 'folder',
        subjectId: folderId,
        details: { itemUuids },
      },
    ]);
  });
  return groups.map(({ id }) => id);
}

const encoder = new TextEncoder();
/** A first guess. */
const bytesPerRow = 1024;
const place = { kind: 'dataGroups', firstElement: 0, firstLine: 1, firstColumn: 1 } as const;

/** Reads the groups under the rules of a manifest. */
function readGroups(
  { config }: AppContext,
  inputs: readonly DataGroupInput[],
  metadataSchema: MetadataSchema,
): Unit[] {
  const elements = encoder.encode(inputs.map((input) => JSON.stringify(toElement(input))).join(','));
  const rules = { strict: false, allowedHosts: [], limits: config.manifestLimits, metadataSchema };
  return readPart(elements, place, rules).results.map((result, index) => {
    if (result.ok) return result.unit;
    const { code, message, field } = result.error;
    throw refusal(index, code, message, field);
  });
}

function toElement({ layoutType, layout, name, ...group }: DataGroupInput): object {
  const isTree = layoutType === 'custom' || layoutType === undefined;
  return { ...group, title: name, layout: (isTree ? layout : null) ?? layoutType };
}

async function mustBeUsable(tx: Executor, caller: Caller, units: readonly Unit[]): Promise<void> {
  const ids = [...new Set(units.flatMap(({ references }) => references))];
  const types = new Map((await listUsableItems(tx, ids, caller.userId)).map(({ id, type }) => [id, type]));
  units.forEach(({ kind, references }, index) => {
    const code = referencesProblem(kind, references, types);
    if (code !== null) throw refusal(index, code, errorCatalogue[code].meaning, 'layoutContents');
  });
}

function refusal(group: number, code: UnitErrorCode, message: string, field: string | null): LatchkeyError {
  return new LatchkeyError('data_group_invalid', `Group ${group}: ${message}`, {
    details: { group, code, field },
  });
}

async function insertGroups(
  tx: Executor,
  { secretKeys, config }: AppContext,
  owner: RowOwner,
  groups: readonly { readonly id: string; readonly unit: Unit }[],
): Promise<void> {
  const items = new CopyRows(newItemColumns, bytesPerRow * groups.length);
  const members = new CopyRows(newMemberColumns, bytesPerRow * groups.length);
  const columns = toOwnerColumns(owner);
  for (const { id, unit } of groups) {
    const identity = identityHash(unit.location.identity);
    items.append(toItemRow(unit, id, identity, columns, secretKeys, config.manifestLimits.titleLength));
    unit.references.forEach((reference, position) => {
      members.append(toReferenceRow(reference, id, position));
    });
  }
  await copyNewItems(tx, items.take());
  await copyNewMembers(tx, members.take());
  await mustFitItems({ config }, tx);
}

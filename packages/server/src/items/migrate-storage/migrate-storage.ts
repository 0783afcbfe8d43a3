import { LatchkeyError } from '@latchkey/contract/errors';
import type { MigrateStorage } from '@latchkey/contract/schemas/item';
import { insertAuditEntries } from '@latchkey/db/audit/writer';
import type { Executor } from '@latchkey/db/engine/executor';
import { listGateways } from '@latchkey/db/integrations/reader';
import { insertIntegrationOrigins } from '@latchkey/db/integrations/writer';
import { getMembers } from '@latchkey/db/items/members';
import { getItems, type ItemRow, listItemAccess } from '@latchkey/db/items/reader';
import {
  findItemsByIdentity,
  type Relocation,
  refreshExpiryOfGroups,
  relocateItems,
  renewMembers,
} from '@latchkey/db/items/relocate';
import { lockFolder } from '@latchkey/db/upload-jobs/register-items';
import { compileGateways } from '@latchkey/locator/gateways';
import { v7 as uuidv7 } from 'uuid';
import { mustHaveItems, notFound } from '../../access/authorise-many.js';
import { holdSecretKey } from '../../access/hold-secret-key.js';
import type { AppContext, Caller } from '../../context.js';
import { lockIntegrations } from './lock-integrations.js';
import { readMigration, type StorageMigration } from './read-request.js';
import { type PlannedRelocation, planRelocation } from './relocation.js';

/**
 * Gives registered items another URL, another integration or both; their ids, names and metadata stay. All or
 * nothing: one item that is missing (unless `skipMissing`) or may not be changed refuses the whole request.
 */
export async function migrateStorageFor(
  context: AppContext,
  caller: Caller,
  body: MigrateStorage,
): Promise<void> {
  const gateways = await listGateways(context.db, caller.userId, caller.isOrganisationAdmin);
  const migration = readMigration(body, gateways.map(compileGateways));
  const rules = { checksExpiry: body.validateAccess ?? false, now: Date.now() };
  await context.db.transaction(async (tx) => {
    await holdSecretKey(tx, context);
    const wanted = await findWanted(tx, caller, migration, body.skipMissing ?? false);
    const members = new Set<string>();
    const rows = await readRows(tx, [...wanted.keys()], members);
    const { fromIntegrationId, toIntegrationId } = migration;
    // The condition of the request: what is on another integration stays as it is.
    const chosen = rows.filter(
      (row) => fromIntegrationId === null || row.integration_id === fromIntegrationId,
    );
    const targets = new Map(chosen.map((row) => [row.id, mustHaveTarget(row, toIntegrationId)]));
    const integrations = await lockIntegrations(tx, caller, [...new Set(targets.values())]);
    for (const folderId of [...new Set(chosen.map((row) => row.folder_id))].sort())
      if (!(await lockFolder(tx, folderId, false))) throw notFound('folder_not_found', folderId);
    const planned = chosen.map((row) => {
      const integration = integrations.get(targets.get(row.id) ?? '');
      if (!integration) throw new LatchkeyError('integration_not_found');
      const isMember = members.has(row.id);
      return planRelocation(
        context,
        { row, isMember, newUrl: wanted.get(row.id) ?? null, integration },
        rules,
      );
    });
    await writeRelocations(tx, planned, members);
    await insertAuditEntries(
      tx,
      planned.map((entry) => auditEntry(caller, entry)),
    );
  });
}

/** By item id the new URL. Objects that are named by URL are looked for in the folders that the caller administers. */
async function findWanted(
  tx: Executor,
  caller: Caller,
  { byItem, byIdentity }: StorageMigration,
  skipMissing: boolean,
): Promise<Map<string, string | null>> {
  const userId = caller.isOrganisationAdmin ? null : caller.userId;
  const found = byIdentity.size === 0 ? [] : await findItemsByIdentity(tx, [...byIdentity.keys()], userId);
  const known = new Set(found.map(({ identity_hash }) => byIdentity.get(identity_hash)?.place));
  for (const { place } of byIdentity.values()) {
    if (known.has(place) || skipMissing) continue;
    throw new LatchkeyError(
      'item_not_found',
      `There is no item with the object of ${place} in a folder that you may change. Check the URL, or set skipMissing.`,
      { details: { field: place } },
    );
  }
  const wanted = new Map(byItem);
  if (skipMissing) {
    const shown = await listItemAccess(tx, [...byItem.keys()], caller.userId);
    const usable = shown.filter(({ role }) => role !== null || caller.isOrganisationAdmin);
    const ids = new Set(usable.map(({ id }) => id));
    for (const id of byItem.keys()) if (!ids.has(id)) wanted.delete(id);
  }
  for (const { id, identity_hash } of found) {
    if (!wanted.has(id)) wanted.set(id, byIdentity.get(identity_hash)?.newUrl ?? null);
  }
  await mustHaveItems(tx, caller, [...wanted.keys()], 'editor');
  return wanted;
}

async function readRows(tx: Executor, ids: readonly string[], members: Set<string>): Promise<ItemRow[]> {
  if (ids.length === 0) return [];
  const items = await getItems(tx, ids, true);
  const found = new Set(items.map(({ id }) => id));
  const others = ids.filter((id) => !found.has(id));
  const rows = others.length === 0 ? [] : await getMembers(tx, others, true);
  for (const { id } of rows) members.add(id);
  return [...items, ...rows];
}

function mustHaveTarget(row: ItemRow, toIntegrationId: string | null): string {
  const target = toIntegrationId ?? row.integration_id;
  if (target !== null) return target;
  throw new LatchkeyError(
    'integration_not_found',
    `The integration of the item ${row.id} was deleted. Give toIntegrationHash, the integration that its URL belongs to.`,
    { details: { uuid: row.id } },
  );
}

async function writeRelocations(
  tx: Executor,
  planned: readonly PlannedRelocation[],
  members: ReadonlySet<string>,
): Promise<void> {
  const relocationsOf = (wantsMembers: boolean): Relocation[] =>
    planned.filter(({ row }) => members.has(row.id) === wantsMembers).map(({ relocation }) => relocation);
  const items = relocationsOf(false);
  // Moved or deleted by someone else since they were read.
  if (items.length > 0 && (await relocateItems(tx, items)) < items.length)
    throw new LatchkeyError('item_not_found');
  const renewed = relocationsOf(true);
  if (renewed.length > 0) await refreshExpiryOfGroups(tx, await renewMembers(tx, renewed));
  const origins = new Map<string, Set<string>>();
  for (const { relocation, origin } of planned) {
    if (origin === null) continue;
    const known = origins.get(relocation.integrationId) ?? new Set();
    origins.set(relocation.integrationId, known.add(origin));
  }
  for (const [integrationId, found] of origins)
    await insertIntegrationOrigins(tx, integrationId, [...found].sort());
}

const auditEntry = (caller: Caller, { row, relocation }: PlannedRelocation) => ({
  id: uuidv7(),
  userId: caller.userId,
  action: 'item.storage.migrate',
  subjectType: 'item' as const,
  subjectId: row.id,
  details: {
    folderId: row.folder_id,
    fromIntegrationId: row.integration_id,
    integrationId: relocation.integrationId,
    hasNewUrl: relocation.url !== null,
  },
});

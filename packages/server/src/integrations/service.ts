import { LatchkeyError } from '@latchkey/contract/errors';
import type {
  CreateIntegration,
  Integration,
  PatchIntegration,
} from '@latchkey/contract/schemas/integration';
import { insertAuditEntries } from '@latchkey/db/audit/writer';
import { isUniqueViolation } from '@latchkey/db/engine/errors';
import { getIntegration, type IntegrationRow, listIntegrations } from '@latchkey/db/integrations/reader';
import {
  deleteIntegration,
  deleteIntegrationItemCounts,
  type IntegrationChange,
  insertIntegration,
  lockIntegration,
  updateIntegration,
} from '@latchkey/db/integrations/writer';
import { upsertSharedMember } from '@latchkey/db/sharing/writer';
import { v7 as uuidv7 } from 'uuid';
import type { AppContext, Caller } from '../context.js';
import { countOf } from '../http/count-of.js';
import { isStorable, toStoredText } from '../http/stored-text.js';
import { normaliseSignerUrl } from '../signers/signer-url.js';
import { emitEvents } from '../webhooks/emit.js';
import { integrationData } from '../webhooks/event-data.js';
import { normaliseHosts } from './allowed-hosts.js';
import { mustLeaveIdentities, normaliseGateways } from './gateways.js';

export interface IntegrationFilters {
  readonly uuids: readonly string[] | null;
  readonly titles: readonly string[] | null;
  readonly includeOrgAccess: boolean;
}

export async function listIntegrationsFor(
  context: AppContext,
  caller: Caller,
  filters: IntegrationFilters,
): Promise<Integration[]> {
  const rows = await listIntegrations(context.db, {
    userId: caller.userId,
    all: filters.includeOrgAccess && caller.isOrganisationAdmin,
    ids: filters.uuids,
    // No stored title holds what can't be stored.
    titles: filters.titles?.filter(isStorable) ?? null,
  });
  return rows.map((row) => toIntegration(row, caller));
}

export async function getIntegrationFor(
  context: AppContext,
  caller: Caller,
  id: string,
): Promise<Integration> {
  const row = await getIntegration(context.db, id, caller.userId);
  if (!row) throw new LatchkeyError('integration_not_found');
  return toIntegration(row, caller);
}

export async function createIntegrationFor(
  context: AppContext,
  caller: Caller,
  request: CreateIntegration,
): Promise<Integration> {
  const id = uuidv7();
  const integration = {
    id,
    title: toStoredText(request.title, 'title'),
    strictClientOnly: request.strictClientOnly ?? false,
    allowedHosts: normaliseHosts(request.allowedHosts ?? []),
    signerUrl: normaliseSignerUrl(request.signerUrl ?? null),
    gateways: normaliseGateways(request.gateways ?? []),
    createdBy: caller.userId,
  };
  await withUniqueTitle(request.title, () =>
    context.db.transaction(async (tx) => {
      await insertIntegration(tx, integration);
      await upsertSharedMember(tx, { kind: 'integration', id }, caller.userId, 'admin');
      await emitEvents(tx, context, 'integration.created', () => integrationData(tx, id, caller.userId));
    }),
  );
  return getIntegrationFor(context, caller, id);
}

/** What is not given stays as it is. */
function toColumns(change: PatchIntegration, gateways: IntegrationChange['gateways']): IntegrationChange {
  return {
    title: change.title === undefined ? null : toStoredText(change.title, 'title'),
    strictClientOnly: change.strictClientOnly ?? null,
    allowedHosts: change.allowedHosts ? normaliseHosts(change.allowedHosts) : null,
    signerUrl: change.signerUrl === undefined ? null : (normaliseSignerUrl(change.signerUrl) ?? ''),
    gateways,
  };
}

/** Strict client-only access is refused while items lack media metadata: nothing could ever measure them. */
export async function changeIntegration(
  context: AppContext,
  caller: Caller,
  id: string,
  change: PatchIntegration,
): Promise<Integration> {
  const gateways = change.gateways ? normaliseGateways(change.gateways) : null;
  await withUniqueTitle(change.title ?? '', () =>
    context.db.transaction(async (tx) => {
      if (!(await lockIntegration(tx, id))) throw new LatchkeyError('integration_not_found');
      const before = await getIntegration(tx, id, caller.userId);
      if (change.strictClientOnly && before && !before.strict_client_only && before.unmeasured_count > 0) {
        throw new LatchkeyError(
          'integration_strict_conflict',
          `${countOf(before.unmeasured_count, 'item of this integration has', 'items of this integration have')} no media metadata, which strict client-only access needs. Register what is missing again with metadata (skip_duplicate_urls and upsert_metadata), or delete it, then switch.`,
        );
      }
      if (gateways && before) await mustLeaveIdentities(tx, id, before.gateways, gateways);
      await updateIntegration(tx, id, toColumns(change, gateways));
      await insertAuditEntries(tx, [
        {
          id: uuidv7(),
          userId: caller.userId,
          action: 'integration.change',
          subjectType: 'integration',
          subjectId: id,
          details: { ...change },
        },
      ]);
      await emitEvents(tx, context, 'integration.changed', () =>
        integrationData(tx, id, caller.userId, Object.keys(change)),
      );
    }),
  );
  context.jobEvents.rulesChanged();
  return getIntegrationFor(context, caller, id);
}

export async function removeIntegration(
  context: AppContext,
  caller: Caller,
  id: string,
  force: boolean,
): Promise<void> {
  await context.db.transaction(async (tx) => {
    if (!(await lockIntegration(tx, id))) throw new LatchkeyError('integration_not_found');
    const row = await getIntegration(tx, id, caller.userId);
    const itemsCount = row?.items_count ?? 0;
    if (itemsCount > 0 && !force) {
      throw new LatchkeyError(
        'integration_in_use',
        `${countOf(itemsCount, 'item is', 'items are')} registered through this integration. Delete what it registered first, or confirm with force=true: it stays and can no longer be opened.`,
      );
    }
    await emitEvents(tx, context, 'integration.deleted', () => integrationData(tx, id, caller.userId));
    await deleteIntegration(tx, id);
    await deleteIntegrationItemCounts(tx, id);
    await insertAuditEntries(tx, [
      {
        id: uuidv7(),
        userId: caller.userId,
        action: 'integration.delete',
        subjectType: 'integration',
        subjectId: id,
        details: { title: row?.title ?? '', itemsCount },
      },
    ]);
  });
}

async function withUniqueTitle<T>(title: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (isUniqueViolation(error, 'integrations_title_key'))
      throw new LatchkeyError(
        'integration_title_taken',
        `Another integration has the title ${JSON.stringify(title)}. Choose another title.`,
      );
    throw error;
  }
}

function toIntegration(row: IntegrationRow, caller: Caller): Integration {
  return {
    integrationUuid: row.id,
    title: row.title,
    type: 'directAccess',
    strictClientOnly: row.strict_client_only,
    allowedHosts: row.allowed_hosts,
    signerUrl: row.signer_url,
    gateways: row.gateways,
    userRole: caller.isOrganisationAdmin ? 'admin' : (row.role ?? 'user'),
    itemsCount: row.items_count,
    createdAt: row.created_at.toISOString(),
    lastEditedAt: row.updated_at.toISOString(),
  };
}

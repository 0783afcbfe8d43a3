import { limits } from '@latchkey/contract/limits';
import type { Executor } from '@latchkey/db/engine/executor';
import { insertIntegrationOrigins } from '@latchkey/db/integrations/writer';
import {
  clearStaging,
  copyToStaging,
  createStaging,
  insertJobItems,
  insertStagedItems,
  lockFolder,
  lockIntegrationRules,
  markDuplicates,
  renewKnownItems,
  stagedColumns,
  upsertKnownMetadata,
} from '@latchkey/db/upload-jobs/staging';
import type { UnitRules } from '@latchkey/manifest/read/unit';
import type { AppContext } from '../context.js';
import { toCopyText } from './copy-text.js';
import type { ReadPart } from './read-part.js';
import { toStagedRow } from './stage.js';

export interface RegistrationTarget {
  readonly jobId: string;
  readonly folderId: string;
  readonly integrationId: string;
  readonly createdBy: string;
  readonly skipDuplicateUrls: boolean;
  readonly upsertMetadata: boolean;
}

export interface Registered {
  readonly done: number;
  readonly skipped: number;
  readonly renewed: number;
}

/** The integration changed between reading and committing; the part has to be read again under the new rules. */
export class RulesChangedError extends Error {
  override readonly name = 'RulesChangedError';
}

/** The integration or the folder is gone; the job can't go on. */
export class TargetGoneError extends Error {
  override readonly name = 'TargetGoneError';
}

/** Locks what the commit stands on, in one order: integration, then folder. */
export async function prepareCommit(
  tx: Executor,
  target: RegistrationTarget,
  rules: UnitRules,
  wholeJob = false,
): Promise<void> {
  const current = await lockIntegrationRules(tx, target.integrationId);
  if (!current) throw new TargetGoneError('The integration was deleted.');
  const sameHosts = current.allowed_hosts.join() === rules.allowedHosts.join();
  if (current.strict_client_only !== rules.strict || !sameHosts)
    throw new RulesChangedError('The integration was changed.');
  if (!(await lockFolder(tx, target.folderId, wholeJob || target.skipDuplicateUrls)))
    throw new TargetGoneError('The folder was deleted.');
  await createStaging(tx);
}

/** Registers the units of one part inside the caller's transaction. */
export async function registerUnits(
  context: AppContext,
  tx: Executor,
  target: RegistrationTarget,
  { units }: ReadPart,
): Promise<Registered> {
  if (units.length === 0) return { done: 0, skipped: 0, renewed: 0 };
  const rows = units.map(({ unit, position }) => toStagedRow(unit, position, context.sealKey));
  await clearStaging(tx);
  await copyToStaging(tx, toCopyText(stagedColumns, rows));
  const renewed = target.skipDuplicateUrls ? await reuseKnown(tx, target) : 0;
  const done = await insertStagedItems(tx, target);
  await insertJobItems(tx, target.jobId, limits.jobItemsInResult);
  const origins = new Set(units.map(({ unit }) => unit.location.origin));
  await insertIntegrationOrigins(tx, target.integrationId, [...origins].sort());
  return { done, skipped: units.length - done, renewed };
}

async function reuseKnown(tx: Executor, target: RegistrationTarget): Promise<number> {
  await markDuplicates(tx, target.folderId);
  const renewed = await renewKnownItems(tx, target.folderId);
  if (target.upsertMetadata) await upsertKnownMetadata(tx, target.folderId);
  return renewed;
}

import { limits } from '@latchkey/contract/limits';
import type { Executor } from '@latchkey/db/engine/executor';
import { getIntegration } from '@latchkey/db/integrations/reader';
import { markJobUnread } from '@latchkey/db/notifications/writer';
import {
  addProgress,
  addWarnings,
  type ClaimedPart,
  finishAllParts,
  finishPart,
  finishUploadJob,
  insertUnitErrors,
  listParts,
  type Progress,
  reopenParts,
  startChecking,
  startRegistering,
} from '@latchkey/db/upload-jobs/writer';
import type { UnitRules } from '@latchkey/manifest/read/unit';
import type { AppContext } from '../context.js';
import { prepareCommit, type RegistrationTarget, registerUnits, TargetGoneError } from './commit.js';
import { type PartToRead, type ReadPart, readPartOf } from './read-part.js';

/** Rolls the transaction back without an error: a cancel or another worker was faster. */
class OvertakenError extends Error {
  override readonly name = 'OvertakenError';
}

/** The rules changed between the two passes, so that a unit that passed the check fails now. */
class CheckOutdatedError extends Error {
  override readonly name = 'CheckOutdatedError';
}

/** Reads and commits one claimed part. Throws what went wrong; the part then stays open and is tried again. */
export async function processPart(context: AppContext, claimed: ClaimedPart): Promise<void> {
  const target = toTarget(claimed);
  const rules = await readRules(context, target);
  try {
    if (claimed.phase === 'checking') await checkPart(context, claimed, rules);
    else if (claimed.ignore_errors) await registerPart(context, claimed, target, rules);
    else await registerWholeJob(context, claimed, target, rules);
  } catch (error) {
    if (error instanceof CheckOutdatedError) await checkAgain(context, claimed);
    else if (!(error instanceof OvertakenError)) throw error;
  }
}

/** Back to the first pass, which names every unit that fails under the new rules. */
async function checkAgain(context: AppContext, claimed: ClaimedPart): Promise<void> {
  await context.db.transaction(async (tx) => {
    if (await startChecking(tx, claimed.job_id)) await reopenParts(tx, claimed.job_id);
  });
  context.jobEvents.workAvailable();
}

function toTarget(claimed: ClaimedPart): RegistrationTarget {
  if (claimed.integration_id === null) throw new TargetGoneError('The integration was deleted.');
  return {
    jobId: claimed.job_id,
    folderId: claimed.folder_id,
    integrationId: claimed.integration_id,
    createdBy: claimed.created_by,
    skipDuplicateUrls: claimed.skip_duplicate_urls,
    upsertMetadata: claimed.upsert_metadata,
  };
}

async function readRules(context: AppContext, target: RegistrationTarget): Promise<UnitRules> {
  const integration = await getIntegration(context.db, target.integrationId, target.createdBy);
  if (!integration) throw new TargetGoneError('The integration was deleted.');
  return { strict: integration.strict_client_only, allowedHosts: integration.allowed_hosts };
}

/** `ignore_errors`: what is good is registered at once, part by part. */
async function registerPart(
  context: AppContext,
  claimed: ClaimedPart,
  target: RegistrationTarget,
  rules: UnitRules,
): Promise<void> {
  const read = await readPartOf(context.spool, claimed.spool_key, toPart(claimed), rules);
  await inCommit(context, claimed, async (tx) => {
    await prepareCommit(tx, target, rules);
    const registered = await registerUnits(context, tx, target, read);
    await writeFindings(tx, claimed.job_id, read);
    return { ...registered, error: read.errors.length, parts: 1 };
  });
}

/** All or nothing, first pass: only errors are written; the last part decides whether the second pass begins. */
async function checkPart(context: AppContext, claimed: ClaimedPart, rules: UnitRules): Promise<void> {
  const read = await readPartOf(context.spool, claimed.spool_key, toPart(claimed), rules);
  await inCommit(context, claimed, async (tx) => {
    await writeFindings(tx, claimed.job_id, read);
    return { done: 0, skipped: 0, renewed: 0, error: read.errors.length, parts: 1 };
  });
}

async function writeFindings(tx: Executor, jobId: string, { errors, warnings }: ReadPart): Promise<void> {
  if (errors.length > 0) await insertUnitErrors(tx, jobId, errors);
  if (warnings.length > 0) await addWarnings(tx, jobId, warnings, limits.jobWarnings);
}

/** All or nothing, second pass: every part in one transaction, under the lease of the first part. */
async function registerWholeJob(
  context: AppContext,
  claimed: ClaimedPart,
  target: RegistrationTarget,
  rules: UnitRules,
): Promise<void> {
  const parts = await listParts(context.db, claimed.job_id);
  await inCommit(context, claimed, async (tx) => {
    await prepareCommit(tx, target, rules, true);
    const total = { done: 0, skipped: 0, renewed: 0 };
    for (const part of parts) {
      const read = await readPartOf(context.spool, claimed.spool_key, part, rules);
      if (read.errors.length > 0) throw new CheckOutdatedError();
      const registered = await registerUnits(context, tx, target, read);
      total.done += registered.done;
      total.skipped += registered.skipped;
      total.renewed += registered.renewed;
    }
    return { ...total, error: 0, parts: 1 };
  });
}

/** Locks in one order: part, integration, folder, job; a cancel takes part before job as well. */
async function inCommit(
  context: AppContext,
  claimed: ClaimedPart,
  work: (tx: Executor) => Promise<Progress>,
): Promise<void> {
  const finished = await context.db.transaction(async (tx) => {
    if (!(await finishPart(tx, claimed.job_id, claimed.part))) throw new OvertakenError();
    const left = await addProgress(tx, claimed, await work(tx));
    if (!left) throw new OvertakenError();
    return left.parts_open === 0 && settle(tx, claimed, left.units_error);
  });
  if (finished) context.jobEvents.finished(claimed.job_id);
  else context.jobEvents.workAvailable();
}

/** After the last part: true if the job has ended. */
async function settle(tx: Executor, claimed: ClaimedPart, unitsError: number): Promise<boolean> {
  if (claimed.phase === 'checking' && unitsError === 0) {
    await reopenParts(tx, claimed.job_id);
    await startRegistering(tx, claimed.job_id);
    return false;
  }
  await finishAllParts(tx, claimed.job_id);
  const failed = claimed.phase === 'checking';
  const errors = failed
    ? [
        `${unitsError} ${unitsError === 1 ? 'unit' : 'units'} failed, so nothing was registered. Correct the manifest, or ignore individual errors to register the others.`,
      ]
    : [];
  await finishUploadJob(tx, claimed.job_id, failed ? 'ERROR' : 'DONE', errors);
  await markJobUnread(tx, claimed.job_id);
  return true;
}

function toPart(claimed: ClaimedPart): PartToRead {
  return {
    firstPosition: claimed.first_position,
    kind: claimed.kind,
    firstElement: claimed.first_element,
    unitCount: claimed.unit_count,
    byteStart: claimed.byte_start,
    byteEnd: claimed.byte_end,
    firstLine: claimed.first_line,
    firstColumn: claimed.first_column,
  };
}

import { getIntegration } from '@latchkey/db/integrations/reader';
import { getMetadataSchema } from '@latchkey/db/metadata-schema/reader';
import { type ClaimedPart, finishPart, reopenParts } from '@latchkey/db/upload-jobs/parts-writer';
import { markJobStarted, startChecking } from '@latchkey/db/upload-jobs/writer';
import type { AppContext } from '../context.js';
import { toMetadataSchema } from '../metadata-schema/service.js';
import { lockTarget, type RegistrationRules, TargetGoneError } from './commit.js';
import { leaveToCancel } from './end-job.js';
import { CancelRequestedError, CheckOutdatedError, OvertakenError } from './interruptions.js';
import type { Outside } from './measure-rows.js';
import { toStoredMeasured } from './measured-store.js';
import { commitPart, noProgress, toProgress, writeFindings } from './part-commit.js';
import { errorOutcomes, registerUnits } from './register-units.js';
import { registerWholeJob } from './register-whole-job.js';
import type { RegistrationTarget } from './registration-target.js';
import { prepareUnits } from './survey-known.js';

/**
 * Reads and commits one claimed part. Throws what went wrong; the part then stays open and is tried again. `outside`
 * runs what waits for others' storage, so that other parts go on meanwhile.
 */
export async function processPart(
  context: AppContext,
  claimed: ClaimedPart,
  outside: Outside = (work) => work(),
): Promise<void> {
  if (claimed.started_at === null) await markJobStarted(context.db, claimed.job_id);
  const target = toTarget(context, claimed);
  const rules = await readRules(context, target, claimed);
  try {
    if (claimed.phase === 'checking') await checkPart(context, claimed, target, rules, outside);
    else if (claimed.ignore_errors) await registerPart(context, claimed, target, rules, outside);
    else await registerWholeJob(context, claimed, target, rules);
  } catch (error) {
    if (error instanceof CheckOutdatedError) await checkAgain(context, claimed);
    else if (error instanceof CancelRequestedError) await leaveToCancel(context, claimed);
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

function toTarget({ secretKeys }: AppContext, claimed: ClaimedPart): RegistrationTarget {
  if (claimed.integration_id === null) throw new TargetGoneError('The integration was deleted.');
  return {
    jobId: claimed.job_id,
    secretKeyId: secretKeys.current.id,
    folderId: claimed.folder_id,
    integrationId: claimed.integration_id,
    createdBy: claimed.created_by,
    skipDuplicateUrls: claimed.skip_duplicate_urls,
    upsertMetadata: claimed.upsert_metadata,
  };
}

async function readRules(
  { db, config }: AppContext,
  target: RegistrationTarget,
  { allow_expired_urls, created_at }: ClaimedPart,
): Promise<RegistrationRules> {
  const integration = await getIntegration(db, target.integrationId, target.createdBy);
  if (!integration) throw new TargetGoneError('The integration was deleted.');
  const schema = await getMetadataSchema(db);
  return {
    strict: integration.strict_client_only,
    allowedHosts: integration.allowed_hosts,
    hasSigner: integration.signer_url !== null,
    gateways: integration.gateways,
    // Of the job and not of this moment: both passes, and a part that is read again, refuse the same units.
    ...(!allow_expired_urls && { expiredAt: created_at.getTime() }),
    limits: config.manifestLimits,
    schemaRevision: schema?.revision ?? null,
    ...(schema && { metadataSchema: toMetadataSchema(schema) }),
  };
}

/** Reading, checking and measuring a part, beside the statements that commit it. */
const traced = <T>({ tracing }: AppContext, work: () => Promise<T>): Promise<T> =>
  tracing.step('registration.prepare', {}, work);

/** `ignore_errors`: what is good is registered at once, part by part. */
async function registerPart(
  context: AppContext,
  claimed: ClaimedPart,
  target: RegistrationTarget,
  rules: RegistrationRules,
  outside: Outside,
): Promise<void> {
  const units = await traced(context, () => prepareUnits(context, target, claimed, rules, outside));
  await commitPart(context, claimed, async (tx) => {
    await lockTarget(tx, target, rules);
    const outcome = await registerUnits(tx, target, claimed, units);
    await finishPart(tx, claimed.job_id, claimed.part, outcome);
    await writeFindings(tx, claimed.job_id, units.prepared);
    return { ...toProgress(outcome), parts: 1 };
  });
  context.prepareThreads.giveBack(units.prepared);
}

/**
 * All or nothing, first pass: errors are written, and what was measured is kept for the second; the last part decides
 * whether that begins.
 */
async function checkPart(
  context: AppContext,
  claimed: ClaimedPart,
  target: RegistrationTarget,
  rules: RegistrationRules,
  outside: Outside,
): Promise<void> {
  const { prepared, measured } = await traced(context, () =>
    prepareUnits(context, target, claimed, rules, outside),
  );
  const stored = toStoredMeasured(measured);
  await commitPart(context, claimed, async (tx) => {
    await finishPart(tx, claimed.job_id, claimed.part, errorOutcomes(claimed, prepared), stored);
    await writeFindings(tx, claimed.job_id, prepared);
    return { ...noProgress, error: prepared.errors.length, checked: claimed.unitCount, parts: 1 };
  });
}

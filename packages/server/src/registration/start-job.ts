import type { Readable } from 'node:stream';
import { LatchkeyError } from '@latchkey/contract/errors';
import { insertAuditEntries } from '@latchkey/db/audit/writer';
import { DatabaseError, isForeignKeyViolation } from '@latchkey/db/engine/errors';
import { insertNotification } from '@latchkey/db/notifications/writer';
import type { NewPart } from '@latchkey/db/upload-jobs/parts';
import { insertParts } from '@latchkey/db/upload-jobs/parts-writer';
import { findJobByIdempotencyKey } from '@latchkey/db/upload-jobs/reader';
import { setSpooledBytes } from '@latchkey/db/upload-jobs/spooled-bytes';
import { insertUploadJob, type NewUploadJob } from '@latchkey/db/upload-jobs/writer';
import { isActiveUser } from '@latchkey/db/users/reader';
import type { ManifestForm } from '@latchkey/manifest/scan/manifest-events';
import type { ManifestFlags } from '@latchkey/manifest/scan/manifest-keys';
import type { ManifestOutline } from '@latchkey/manifest/scan/outline';
import type { FastifyRequest } from 'fastify';
import { v7 as uuidv7 } from 'uuid';
import { mustHaveIntegration } from '../access/authorise.js';
import type { AppContext, Caller } from '../context.js';
import { toStorableValue, toStoredText, toUuid } from '../http/stored-text.js';
import { mustMatchSignedDigest } from '../plugins/request-body.js';
import { mustFitJobs, mustFitSpool } from '../quotas.js';
import { discardManifest, reserveManifest } from './spooled-manifests.js';
import { toStorableWarnings } from './storable-warnings.js';
import { fromThreadError } from './threads/thread-error.js';

export interface JobStart {
  readonly folderId: string;
  readonly form: ManifestForm | 'csv';
  /** What a CSV manifest cannot say itself. */
  readonly flags: ManifestFlags;
  /** Null: the envelope names it. */
  readonly integrationId: string | null;
  readonly ignoreErrors: boolean | null;
  readonly fileName: string | null;
  readonly idempotencyKey: string | null;
}

const partsAStatement = 1000;

/** Receives a manifest and starts its job; answers the job's UUID. Refused: nothing of it is kept. */
export async function startJob(
  context: AppContext,
  caller: Caller,
  request: FastifyRequest,
  start: JobStart,
): Promise<string> {
  if (start.integrationId !== null) await mustHaveIntegration(context, caller, start.integrationId, 'user');
  await mustFitSpool(context, context.db, caller.userId);
  const jobId = uuidv7();
  const spoolKey = await reserveManifest(context, jobId);
  let keepsManifest = false;
  try {
    const { digest, outline } = await receive(context, request, start, spoolKey);
    const job = await toNewJob(context, caller, { ...start, jobId, spoolKey, outline, digest });
    keepsManifest = await createJob(context, job, outline);
    if (!keepsManifest) return await repeatedStart(context, job);
  } catch (error) {
    // The job may have been committed all the same; a manifest without a job is removed a day later.
    keepsManifest = error instanceof DatabaseError && error.code === 'unavailable';
    // They were there when the upload began.
    if (isForeignKeyViolation(error, 'upload_jobs_folder_id_fkey'))
      throw new LatchkeyError('folder_not_found');
    if (isForeignKeyViolation(error, 'upload_jobs_integration_id_fkey'))
      throw new LatchkeyError('integration_not_found');
    throw error;
  } finally {
    if (!keepsManifest) await discardManifest(context, spoolKey);
  }
  context.jobEvents.workAvailable();
  return jobId;
}

async function receive(
  context: AppContext,
  request: FastifyRequest,
  { form, flags }: JobStart,
  spoolKey: string,
): Promise<{ digest: Buffer; outline: ManifestOutline }> {
  const { digest, result } = await context.receiveThread.receive(request.body as Readable, {
    spoolKey,
    form,
    flags,
    gzip: request.headers['content-encoding'] === 'gzip',
    limits: context.config.manifestLimits,
  });
  const hash = Buffer.from(digest);
  mustMatchSignedDigest(request, hash);
  if ('refusal' in result) throw fromThreadError(result.refusal);
  return { digest: hash, outline: result.outline };
}

interface ReceivedJob extends JobStart {
  readonly jobId: string;
  readonly spoolKey: string;
  readonly outline: ManifestOutline;
  readonly digest: Buffer;
}

async function toNewJob(context: AppContext, caller: Caller, job: ReceivedJob): Promise<NewUploadJob> {
  const { outline } = job;
  const named = job.integrationId ?? outline.envelope?.integrationHash ?? null;
  if (named === null) {
    throw new LatchkeyError(
      'invalid_request',
      'The request names no integration. Give integrationHash, the UUID of the integration that the URLs belong to.',
      { details: { place: 'body', field: 'integrationHash' } },
    );
  }
  const integrationId = toUuid(named, 'integrationHash');
  const fileName = job.fileName ?? outline.envelope?.fileName ?? null;
  if (job.integrationId === null) await mustHaveIntegration(context, caller, integrationId, 'user');
  return {
    id: job.jobId,
    folderId: job.folderId,
    integrationId,
    createdBy: caller.userId,
    ignoreErrors: job.ignoreErrors ?? outline.envelope?.ignoreErrors ?? false,
    skipDuplicateUrls: outline.flags.skipDuplicateUrls || job.flags.skipDuplicateUrls,
    upsertMetadata: outline.flags.upsertMetadata || job.flags.upsertMetadata,
    allowExpiredUrls: outline.flags.allowExpiredUrls || job.flags.allowExpiredUrls,
    fileName: fileName === null ? null : toStoredText(fileName, 'fileName'),
    format: job.form === 'ndjson' || job.form === 'csv' ? job.form : 'json',
    contentHash: job.digest,
    idempotencyKey: job.idempotencyKey === null ? null : toStoredText(job.idempotencyKey, 'Idempotency-Key'),
    spoolKey: job.spoolKey,
    unitsTotal: outline.unitCount,
    partsOpen: outline.parts.length,
    warnings: toStorableWarnings(outline.warnings),
    csvColumns: toStorableValue(outline.csvColumns),
  };
}

/** False: a job was started with the same idempotency key before. */
function createJob(context: AppContext, job: NewUploadJob, outline: ManifestOutline): Promise<boolean> {
  const parts = toParts(outline);
  return context.db.transaction(async (tx) => {
    // Deactivated while the manifest came in.
    if (!(await isActiveUser(tx, job.createdBy))) throw new LatchkeyError('user_deactivated');
    if (!(await insertUploadJob(tx, job))) return false;
    await mustFitJobs(context, tx, job.createdBy);
    for (let from = 0; from < parts.length; from += partsAStatement)
      await insertParts(tx, job.id, parts.slice(from, from + partsAStatement));
    await insertNotification(tx, { id: uuidv7(), userId: job.createdBy, uploadJobId: job.id });
    await insertAuditEntries(tx, [
      {
        id: uuidv7(),
        userId: job.createdBy,
        action: 'upload-job.start',
        subjectType: 'upload-job',
        subjectId: job.id,
        details: { folderId: job.folderId, integrationId: job.integrationId, units: job.unitsTotal },
      },
    ]);
    // Last, because others wait from here on.
    await setSpooledBytes(tx, job.spoolKey, outline.byteLength);
    await mustFitSpool(context, tx, job.createdBy, outline.byteLength);
    return true;
  });
}

/** The first job of the idempotency key, if it was started by the same request. */
async function repeatedStart(context: AppContext, job: NewUploadJob): Promise<string> {
  const first =
    job.idempotencyKey && (await findJobByIdempotencyKey(context.db, job.createdBy, job.idempotencyKey));
  const isSame =
    first &&
    first.folder_id === job.folderId &&
    first.integration_id === job.integrationId &&
    first.ignore_errors === job.ignoreErrors &&
    first.content_hash?.equals(job.contentHash);
  if (!isSame) throw new LatchkeyError('idempotency_key_reused');
  return first.id;
}

function toParts(outline: ManifestOutline): NewPart[] {
  let position = 0;
  return outline.parts.map((part, index) => {
    const firstPosition = position;
    position += part.unitCount;
    return { ...part, part: index, firstPosition };
  });
}

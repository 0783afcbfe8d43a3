import type { Readable } from 'node:stream';
import { LatchkeyError } from '@latchkey/contract/errors';
import { insertAuditEntries } from '@latchkey/db/audit/writer';
import { isForeignKeyViolation } from '@latchkey/db/engine/errors';
import { insertNotification } from '@latchkey/db/notifications/writer';
import { insertParts, insertUploadJob, type NewPart } from '@latchkey/db/upload-jobs/writer';
import type { ManifestOutline } from '@latchkey/manifest/scan/outline';
import type { FastifyRequest } from 'fastify';
import { v7 as uuidv7 } from 'uuid';
import { mustHaveIntegration } from '../access/authorise.js';
import type { AppContext, Caller } from '../context.js';
import { toStoredText, toUuid } from '../http/stored-text.js';
import { mustMatchSignedDigest } from '../plugins/request-body.js';
import { receiveManifest } from './receive.js';
import { toStorableWarnings } from './storable-warnings.js';

export interface JobStart {
  readonly folderId: string;
  readonly form: 'manifest' | 'envelope';
  /** Null: the envelope names it. */
  readonly integrationId: string | null;
  readonly ignoreErrors: boolean | null;
  readonly fileName: string | null;
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
  const jobId = uuidv7();
  const spoolKey = `${jobId}.manifest`;
  try {
    const outline = await receiveManifest(context.spool, {
      body: request.body as Readable,
      form: start.form,
      encoding: request.headers['content-encoding'],
      spoolKey,
      checkDigest: (digest) => mustMatchSignedDigest(request, digest),
    });
    await createJob(context, caller, { ...start, jobId, spoolKey, outline });
  } catch (error) {
    await context.spool.remove(spoolKey);
    // They were there when the upload began.
    if (isForeignKeyViolation(error, 'upload_jobs_folder_id_fkey'))
      throw new LatchkeyError('folder_not_found');
    if (isForeignKeyViolation(error, 'upload_jobs_integration_id_fkey'))
      throw new LatchkeyError('integration_not_found');
    throw error;
  }
  context.jobEvents.workAvailable();
  return jobId;
}

interface ReceivedJob extends JobStart {
  readonly jobId: string;
  readonly spoolKey: string;
  readonly outline: ManifestOutline;
}

async function createJob(context: AppContext, caller: Caller, job: ReceivedJob): Promise<void> {
  const { outline, jobId } = job;
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
  const parts = toParts(outline);
  await context.db.transaction(async (tx) => {
    await insertUploadJob(tx, {
      id: jobId,
      folderId: job.folderId,
      integrationId,
      createdBy: caller.userId,
      ignoreErrors: job.ignoreErrors ?? outline.envelope?.ignoreErrors ?? false,
      skipDuplicateUrls: outline.flags.skipDuplicateUrls,
      upsertMetadata: outline.flags.upsertMetadata,
      fileName: fileName === null ? null : toStoredText(fileName, 'fileName'),
      spoolKey: job.spoolKey,
      unitsTotal: outline.unitCount,
      partsOpen: parts.length,
      warnings: toStorableWarnings(outline.warnings),
    });
    for (let from = 0; from < parts.length; from += partsAStatement)
      await insertParts(tx, jobId, parts.slice(from, from + partsAStatement));
    await insertNotification(tx, { id: uuidv7(), userId: caller.userId, uploadJobId: jobId });
    await insertAuditEntries(tx, [
      {
        id: uuidv7(),
        userId: caller.userId,
        action: 'upload-job.start',
        subjectType: 'upload-job',
        subjectId: jobId,
        details: { folderId: job.folderId, integrationId, units: outline.unitCount },
      },
    ]);
  });
}

function toParts(outline: ManifestOutline): NewPart[] {
  let position = 0;
  return outline.parts.map((part, index) => {
    const firstPosition = position;
    position += part.unitCount;
    return { ...part, part: index, firstPosition };
  });
}

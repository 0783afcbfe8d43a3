import { LatchkeyError } from '@latchkey/contract/errors';
import type { UnitKind } from '@latchkey/contract/kinds';
import type { UnitOutcome } from '@latchkey/contract/schemas/upload-job';
import { insertAuditEntries } from '@latchkey/db/audit/writer';
import { getPartOutcomes, listFaultyParts } from '@latchkey/db/upload-jobs/parts-reader';
import type { UploadJobRow } from '@latchkey/db/upload-jobs/reader';
import { pickElements } from '@latchkey/manifest/write/pick-elements';
import {
  type PickedElements,
  writePickedJson,
  writePickedNdjson,
} from '@latchkey/manifest/write/write-picked';
import { writePickedCsv } from '@latchkey/manifest/write/write-picked-csv';
import { SpoolDamagedError, SpoolMissingError, SpoolRangeError } from '@latchkey/spool/spool';
import { v7 as uuidv7 } from 'uuid';
import type { AppContext, Caller } from '../context.js';
import { unitsOf } from './unit-outcomes.js';

/**
 * A manifest of the units that failed, in the form in which it was sent, as they were given (JSON and NDJSON byte for
 * byte): with their signatures, so its download is in the audit log. Throws `upload_job_running`, `no_failed_units`, `manifest_not_kept`.
 */
export async function failedUnits(
  context: AppContext,
  caller: Caller,
  job: UploadJobRow,
  includeCancelled: boolean,
): Promise<AsyncGenerator<Uint8Array>> {
  if (job.status === 'PENDING') throw new LatchkeyError('upload_job_running');
  const unitCount = job.units_error + (includeCancelled ? job.units_cancelled : 0);
  if (unitCount === 0) throw new LatchkeyError('no_failed_units');
  if (job.spool_key === null) throw new LatchkeyError('manifest_not_kept');
  await insertAuditEntries(context.db, [
    {
      id: uuidv7(),
      userId: caller.userId,
      action: 'upload-job.failed-units.download',
      subjectType: 'upload-job',
      subjectId: job.id,
      details: { folderId: job.folder_id, integrationId: job.integration_id, units: unitCount },
    },
  ]);
  const wanted = new Set<UnitOutcome>(includeCancelled ? ['error', 'cancelled'] : ['error']);
  const groups = pickUnits(context, job, job.spool_key, wanted);
  const flags = {
    skipDuplicateUrls: job.skip_duplicate_urls,
    upsertMetadata: job.upsert_metadata,
    allowExpiredUrls: job.allow_expired_urls,
  };
  if (job.format === 'csv') return writePickedCsv(groups);
  return job.format === 'ndjson' ? writePickedNdjson(groups, flags) : writePickedJson(groups, flags);
}

function throwLost(cause: unknown): never {
  const isLost = [SpoolMissingError, SpoolRangeError, SpoolDamagedError].some(
    (type) => cause instanceof type,
  );
  if (!isLost) throw cause;
  throw new LatchkeyError('manifest_not_kept', 'The manifest that was kept of this job is damaged or gone.', {
    cause,
  });
}

/** A part at a time, by kind: the same array may stand in the manifest twice. */
async function* pickUnits(
  { db, spool }: AppContext,
  job: UploadJobRow,
  spoolKey: string,
  wanted: ReadonlySet<UnitOutcome>,
): AsyncGenerator<PickedElements> {
  for (const number of await listFaultyParts(db, job.id)) {
    const part = await getPartOutcomes(db, job.id, number);
    if (!part) throw new LatchkeyError('upload_job_not_found');
    const units = [...unitsOf(job, part)].filter(({ outcome }) => wanted.has(outcome));
    if (units.length === 0) continue;
    // The database holds only kinds that the scanner wrote.
    const kind = part.kind as UnitKind | null;
    const slice = await spool.read(spoolKey, part.byteStart, part.byteEnd).catch(throwLost);
    const indexes = units.map(({ position }) => position - part.firstPosition);
    yield { kind, elements: pickElements(slice, { ...part, kind }, indexes) };
  }
}

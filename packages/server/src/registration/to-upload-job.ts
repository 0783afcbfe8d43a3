import type { ManifestWarning, UnitError, UploadJob } from '@latchkey/contract/schemas/upload-job';
import type { UnitErrorRow, UploadJobRow } from '@latchkey/db/upload-jobs/reader';
import { rateOf } from './rate.js';

/** `now` in epoch milliseconds, for the rate. */
export function toUploadJob(row: UploadJobRow, now: number): UploadJob {
  return {
    uploadJobUuid: row.id,
    folderUuid: row.folder_id,
    folderName: row.folder_name,
    integrationHash: row.integration_id,
    status: row.status,
    phase: row.phase,
    fileName: row.file_name,
    ignoreErrors: row.ignore_errors,
    skipDuplicateUrls: row.skip_duplicate_urls,
    upsertMetadata: row.upsert_metadata,
    allowExpiredUrls: row.allow_expired_urls,
    owner: row.owner,
    unitsTotalCount: row.units_total,
    unitsCheckedCount: row.units_checked,
    unitsPendingCount:
      row.units_total - row.units_done - row.units_skipped - row.units_error - row.units_cancelled,
    unitsDoneCount: row.units_done,
    unitsSkippedCount: row.units_skipped,
    unitsRenewedCount: row.units_renewed,
    unitsErrorCount: row.units_error,
    unitsCancelledCount: row.units_cancelled,
    unitsToMeasureCount: row.units_to_measure,
    unitsMeasuredCount: row.units_measured,
    unitsUnmeasurableCount: row.units_unmeasurable,
    errors: row.errors,
    // Written by us in this form at job start.
    warnings: row.warnings as ManifestWarning[],
    createdAt: row.created_at.toISOString(),
    startedAt: row.started_at?.toISOString() ?? null,
    finishedAt: row.finished_at?.toISOString() ?? null,
    ...rateOf(row, now),
  };
}

export function toUnitError(row: UnitErrorRow): UnitError {
  return {
    objectUrls: row.object_url === null ? [] : [row.object_url],
    error: row.message,
    subtaskUuid: row.id,
    actionDescription: `Registering ${row.kind ?? 'line'}[${row.element}]`,
    code: row.code,
    hint: row.hint,
    title: row.title,
    place: {
      kind: row.kind,
      element: row.element,
      line: row.line,
      column: row.column_number,
      field: row.field,
    },
  };
}

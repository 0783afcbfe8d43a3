import type { JsonObject } from '@latchkey/contract/schemas/common';
import type { Executor } from '@latchkey/db/engine/executor';
import { getIntegration } from '@latchkey/db/integrations/reader';
import type { ExpiringFolder } from '@latchkey/db/notifications/expiry';
import { getUploadJobs } from '@latchkey/db/upload-jobs/reader';

// Fields are chosen one by one, so that no URL of an object comes into a payload.

export async function jobFinishedData(tx: Executor, jobId: string): Promise<JsonObject[]> {
  return (await getUploadJobs(tx, [jobId])).map((job) => ({
    uploadJobUuid: job.id,
    folderUuid: job.folder_id,
    folderName: job.folder_name,
    integrationUuid: job.integration_id,
    status: job.status,
    fileName: job.file_name,
    unitsTotalCount: job.units_total,
    unitsDoneCount: job.units_done,
    unitsSkippedCount: job.units_skipped,
    unitsRenewedCount: job.units_renewed,
    unitsErrorCount: job.units_error,
    unitsCancelledCount: job.units_cancelled,
    createdAt: job.created_at.toISOString(),
    finishedAt: job.finished_at?.toISOString() ?? null,
  }));
}

export function itemsExpiringData(folder: ExpiringFolder & { readonly folder_name: string }): JsonObject {
  return {
    folderUuid: folder.folder_id,
    folderName: folder.folder_name,
    itemsCount: folder.items_count,
    firstExpiresBy: folder.first_expired_by.toISOString(),
    lastExpiresBy: folder.last_expired_by.toISOString(),
  };
}

/** As the integration stands in the transaction; `changedFields` of a change. */
export async function integrationData(
  tx: Executor,
  integrationId: string,
  userId: string,
  changedFields?: readonly string[],
): Promise<JsonObject[]> {
  const row = await getIntegration(tx, integrationId, userId);
  if (!row) return [];
  return [
    {
      integrationUuid: row.id,
      title: row.title,
      type: 'directAccess',
      strictClientOnly: row.strict_client_only,
      allowedHosts: row.allowed_hosts,
      hasSigner: row.signer_url !== null,
      userUuid: userId,
      ...(changedFields && { changedFields }),
    },
  ];
}

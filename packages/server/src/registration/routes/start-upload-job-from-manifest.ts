import { startUploadJobFromManifest } from '@latchkey/contract/routes/upload-jobs';
import { defineHandler } from '../../http/handler.js';
import { toIdempotencyKey } from '../idempotency-key.js';
import { toManifestForm } from '../manifest-type.js';
import { startJob } from '../start-job.js';

export const startUploadJobFromManifestHandler = defineHandler(
  startUploadJobFromManifest,
  (context, { caller, params, query, request }) =>
    startJob(context, caller, request, {
      folderId: params.folderUuid,
      form: toManifestForm(request),
      flags: {
        skipDuplicateUrls: query.skipDuplicateUrls ?? false,
        upsertMetadata: query.upsertMetadata ?? false,
        allowExpiredUrls: query.allowExpiredUrls ?? false,
      },
      integrationId: query.integrationHash,
      ignoreErrors: query.ignoreErrors ?? false,
      fileName: query.fileName ?? null,
      idempotencyKey: toIdempotencyKey(request),
    }),
);

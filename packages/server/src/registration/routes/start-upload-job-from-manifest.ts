import { startUploadJobFromManifest } from '@latchkey/contract/routes/upload-jobs';
import { defineHandler } from '../../http/handler.js';
import { mustBeManifestType } from '../manifest-type.js';
import { startJob } from '../start-job.js';

export const startUploadJobFromManifestHandler = defineHandler(
  startUploadJobFromManifest,
  (context, { caller, params, query, request }) => {
    mustBeManifestType(request);
    return startJob(context, caller, request, {
      folderId: params.folderUuid,
      form: 'manifest',
      integrationId: query.integrationHash,
      ignoreErrors: query.ignoreErrors ?? false,
      fileName: query.fileName ?? null,
    });
  },
);

import { startUploadJob } from '@latchkey/contract/routes/upload-jobs';
import { noFlags } from '@latchkey/manifest/scan/manifest-keys';
import { defineHandler } from '../../http/handler.js';
import { toIdempotencyKey } from '../idempotency-key.js';
import { mustBeEnvelopeType } from '../manifest-type.js';
import { startJob } from '../start-job.js';

export const startUploadJobHandler = defineHandler(startUploadJob, (context, { caller, params, request }) => {
  mustBeEnvelopeType(request);
  return startJob(context, caller, request, {
    folderId: params.folderUuid,
    form: 'envelope',
    flags: noFlags,
    integrationId: null,
    ignoreErrors: null,
    fileName: null,
    idempotencyKey: toIdempotencyKey(request),
  });
});

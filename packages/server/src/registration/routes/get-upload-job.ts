import { getUploadJob } from '@latchkey/contract/routes/upload-jobs';
import { defineHandler } from '../../http/handler.js';
import { requestSignal } from '../../http/request-signal.js';
import { pollJob } from '../service.js';

const defaultTimeoutSeconds = 60;

export const getUploadJobHandler = defineHandler(getUploadJob, (context, { params, query, request }) =>
  pollJob(
    context,
    params.folderUuid,
    params.jobUuid,
    query.timeoutSeconds ?? defaultTimeoutSeconds,
    requestSignal(context, request),
  ),
);

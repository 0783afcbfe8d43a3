import { getUploadJob } from '@latchkey/contract/routes/upload-jobs';
import { defineHandler } from '../../http/handler.js';
import { pollJob } from '../service.js';

const defaultTimeoutSeconds = 60;

export const getUploadJobHandler = defineHandler(getUploadJob, (context, { params, query, request }) => {
  const gone = new AbortController();
  request.raw.once('close', () => gone.abort());
  return pollJob(
    context,
    params.folderUuid,
    params.jobUuid,
    query.timeoutSeconds ?? defaultTimeoutSeconds,
    AbortSignal.any([gone.signal, context.stopping]),
  );
});

import { cancelUploadJob } from '@latchkey/contract/routes/upload-jobs';
import { defineHandler } from '../../http/handler.js';
import { cancelJob } from '../service.js';

export const cancelUploadJobHandler = defineHandler(cancelUploadJob, async (context, { params }) => ({
  unitsCancelledCount: await cancelJob(context, params.folderUuid, params.jobUuid),
}));

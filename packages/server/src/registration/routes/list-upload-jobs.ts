import { limits } from '@latchkey/contract/limits';
import { listUploadJobs } from '@latchkey/contract/routes/upload-jobs';
import { listUploadJobs as readJobs } from '@latchkey/db/upload-jobs/reader';
import { defineHandler } from '../../http/handler.js';
import { fromIdToken, toIdPage } from '../../http/id-page.js';
import { toUploadJob } from '../to-upload-job.js';

export const listUploadJobsHandler = defineHandler(listUploadJobs, async (context, { params, query }) => {
  const pageSize = query.pageSize ?? limits.pageSizeDefault;
  const before = fromIdToken('upload-jobs', query.pageToken);
  const rows = await readJobs(context.db, params.folderUuid, before, pageSize + 1);
  const { page, nextPageToken } = toIdPage('upload-jobs', rows, pageSize, (row) => row.id);
  return { results: page.map((row) => toUploadJob(row, context.now())), nextPageToken };
});

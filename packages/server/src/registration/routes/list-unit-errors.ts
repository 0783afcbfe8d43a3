import { limits } from '@latchkey/contract/limits';
import { listUnitErrors } from '@latchkey/contract/routes/upload-jobs';
import { listUnitErrors as readUnitErrors } from '@latchkey/db/upload-jobs/reader';
import { defineHandler } from '../../http/handler.js';
import { fromIdToken, toIdPage } from '../../http/id-page.js';
import { mustGetJob } from '../service.js';
import { toUnitError } from '../to-upload-job.js';

export const listUnitErrorsHandler = defineHandler(listUnitErrors, async (context, { params, query }) => {
  const pageSize = query.pageSize ?? limits.pageSizeDefault;
  const after = Number(fromIdToken('unit-errors', query.pageToken, /^\d{1,15}$/) ?? -1);
  await mustGetJob(context, params.folderUuid, params.jobUuid);
  const rows = await readUnitErrors(context.db, params.jobUuid, after, pageSize + 1);
  const { page, nextPageToken } = toIdPage('unit-errors', rows, pageSize, (row) => row.position);
  return { results: page.map(toUnitError), nextPageToken };
});

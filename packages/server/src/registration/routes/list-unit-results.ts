import { limits } from '@latchkey/contract/limits';
import { listUnitResults } from '@latchkey/contract/routes/upload-jobs';
import { unitOutcomes } from '@latchkey/contract/schemas/upload-job';
import { defineHandler } from '../../http/handler.js';
import { fromIdToken, toIdPage } from '../../http/id-page.js';
import { mustGetJob } from '../service.js';
import { listUnitResults as readUnitResults } from '../unit-results.js';

export const listUnitResultsHandler = defineHandler(listUnitResults, async (context, { params, query }) => {
  const pageSize = query.pageSize ?? limits.pageSizeDefault;
  const after = Number(fromIdToken('units', query.pageToken, /^\d{1,15}$/) ?? -1);
  const job = await mustGetJob(context, params.folderUuid, params.jobUuid);
  const outcomes = new Set(query.outcomes ?? unitOutcomes);
  const results = await readUnitResults(context, job, outcomes, after + 1, pageSize + 1);
  const { page, nextPageToken } = toIdPage('units', results, pageSize, ({ position }) => position);
  return { results: [...page], nextPageToken };
});

import { Readable } from 'node:stream';
import { downloadUnitErrors } from '@latchkey/contract/routes/upload-jobs';
import { defineHandler } from '../../http/handler.js';
import { mustGetJob } from '../service.js';
import { unitErrorsCsv } from '../unit-errors-csv.js';

export const downloadUnitErrorsHandler = defineHandler(
  downloadUnitErrors,
  async (context, { params, reply }) => {
    const job = await mustGetJob(context, params.folderUuid, params.jobUuid);
    await reply
      .header('content-type', 'text/csv; charset=utf-8')
      .header('content-disposition', `attachment; filename="unit-errors-${job.id}.csv"`)
      .send(Readable.from(unitErrorsCsv(context, job.id)));
    return undefined;
  },
);

import { Readable } from 'node:stream';
import { downloadUnitErrorsNdjson } from '@latchkey/contract/routes/upload-jobs';
import { defineHandler } from '../../http/handler.js';
import { mustGetJob } from '../service.js';
import { unitErrorsNdjson } from '../unit-errors-ndjson.js';

export const downloadUnitErrorsNdjsonHandler = defineHandler(
  downloadUnitErrorsNdjson,
  async (context, { params, reply }) => {
    const job = await mustGetJob(context, params.folderUuid, params.jobUuid);
    await reply
      .header('content-type', 'application/x-ndjson; charset=utf-8')
      .header('content-disposition', `attachment; filename="unit-errors-${job.id}.ndjson"`)
      .send(Readable.from(unitErrorsNdjson(context, job.id)));
    return undefined;
  },
);

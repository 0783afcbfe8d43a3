import { Readable } from 'node:stream';
import { downloadFailedUnits } from '@latchkey/contract/routes/upload-jobs';
import { defineHandler } from '../../http/handler.js';
import { failedUnits } from '../failed-units.js';
import { mustGetJob } from '../service.js';

export const downloadFailedUnitsHandler = defineHandler(
  downloadFailedUnits,
  async (context, { caller, params, query, reply }) => {
    const job = await mustGetJob(context, params.folderUuid, params.jobUuid);
    const manifest = await failedUnits(context, caller, job, query.includeCancelled ?? false);
    const isNdjson = job.format === 'ndjson';
    await reply
      .header(
        'content-type',
        isNdjson ? 'application/x-ndjson; charset=utf-8' : 'application/json; charset=utf-8',
      )
      .header(
        'content-disposition',
        `attachment; filename="failed-units-${job.id}.${isNdjson ? 'ndjson' : 'json'}"`,
      )
      .header('cache-control', 'no-store')
      .send(Readable.from(manifest));
    return undefined;
  },
);

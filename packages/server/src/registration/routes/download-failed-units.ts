import { Readable } from 'node:stream';
import { downloadFailedUnits } from '@latchkey/contract/routes/upload-jobs';
import { defineHandler } from '../../http/handler.js';
import { failedUnits } from '../failed-units.js';
import { mustGetJob } from '../service.js';

const contentTypes = { json: 'application/json', ndjson: 'application/x-ndjson', csv: 'text/csv' } as const;

export const downloadFailedUnitsHandler = defineHandler(
  downloadFailedUnits,
  async (context, { caller, params, query, reply }) => {
    const job = await mustGetJob(context, params.folderUuid, params.jobUuid);
    const manifest = await failedUnits(context, caller, job, query.includeCancelled ?? false);
    await reply
      .header('content-type', `${contentTypes[job.format]}; charset=utf-8`)
      .header('content-disposition', `attachment; filename="failed-units-${job.id}.${job.format}"`)
      .header('cache-control', 'no-store')
      .send(Readable.from(manifest));
    return undefined;
  },
);

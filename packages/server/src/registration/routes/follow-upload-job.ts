import { Readable } from 'node:stream';
import { followUploadJob } from '@latchkey/contract/routes/upload-jobs';
import { defineHandler } from '../../http/handler.js';
import { requestSignal } from '../../http/request-signal.js';
import { toEventStream } from '../event-stream.js';
import { followJob } from '../job-progress.js';
import { mustGetJob } from '../service.js';

export const followUploadJobHandler = defineHandler(
  followUploadJob,
  async (context, { params, request, reply }) => {
    const job = await mustGetJob(context, params.folderUuid, params.jobUuid);
    const jobs = followJob(context, job.folder_id, job.id, requestSignal(context, request));
    await reply
      .header('content-type', 'text/event-stream; charset=utf-8')
      .header('cache-control', 'no-store')
      // Proxies of the nginx kind would gather the events.
      .header('x-accel-buffering', 'no')
      .send(Readable.from(toEventStream(jobs)));
    return undefined;
  },
);

import type { AppContext } from '../context.js';
import { toUnitError } from './to-upload-job.js';
import { unitErrorPages } from './unit-error-pages.js';

/** All failed units of a job, one JSON object a line, as the list of the API has them. */
export async function* unitErrorsNdjson(context: AppContext, jobId: string): AsyncGenerator<string> {
  for await (const rows of unitErrorPages(context, jobId))
    yield rows.map((row) => `${JSON.stringify(toUnitError(row))}\n`).join('');
}

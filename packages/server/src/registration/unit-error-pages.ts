import { listUnitErrors, type UnitErrorRow } from '@latchkey/db/upload-jobs/reader';
import type { AppContext } from '../context.js';

const pageSize = 1000;

/** All failed units of a job in the order of the manifest, a page at a time, so that a million take no memory. */
export async function* unitErrorPages({ db }: AppContext, jobId: string): AsyncGenerator<UnitErrorRow[]> {
  let after = -1;
  for (;;) {
    const rows = await listUnitErrors(db, jobId, after, pageSize);
    const last = rows.at(-1);
    if (!last) return;
    yield rows;
    after = last.position;
  }
}

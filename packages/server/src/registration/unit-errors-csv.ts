import type { UnitErrorRow } from '@latchkey/db/upload-jobs/reader';
import type { AppContext } from '../context.js';
import { csvLine } from '../http/csv-line.js';
import { unitErrorPages } from './unit-error-pages.js';

const columns = [
  'kind',
  'element',
  'line',
  'column',
  'field',
  'code',
  'message',
  'hint',
  'title',
  'url',
] as const;

const toLine = (row: UnitErrorRow): string =>
  csvLine([
    row.kind,
    row.element,
    row.line,
    row.column_number,
    row.field,
    row.code,
    row.message,
    row.hint,
    row.title,
    row.object_url,
  ]);

/** All failed units of a job. */
export async function* unitErrorsCsv(context: AppContext, jobId: string): AsyncGenerator<string> {
  yield csvLine(columns);
  for await (const rows of unitErrorPages(context, jobId)) yield rows.map(toLine).join('');
}

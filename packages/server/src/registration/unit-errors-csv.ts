import type { UnitErrorRow } from '@latchkey/db/upload-jobs/reader';
import type { AppContext } from '../context.js';
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

/** RFC 4180. A leading quote keeps spreadsheets from reading a value as a formula. */
function csvValue(value: string | number | null): string {
  const text = value === null ? '' : String(value);
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

const toLine = (row: UnitErrorRow): string =>
  [
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
  ]
    .map(csvValue)
    .join(',');

/** All failed units of a job. */
export async function* unitErrorsCsv(context: AppContext, jobId: string): AsyncGenerator<string> {
  yield `${columns.join(',')}\r\n`;
  for await (const rows of unitErrorPages(context, jobId)) yield `${rows.map(toLine).join('\r\n')}\r\n`;
}

import type { ByteSource } from '../byte-source.js';
import { isWhole, type ObjectHead, readHead } from '../object-head.js';
import { ProbeError } from '../probe-error.js';
import type { Measured } from '../reader.js';
import { sniff } from '../sniff/sniff.js';
import { decodeUtf8, guessUtf16, hasBinaryBytes, readByteOrderMark } from '../sniff/text-bytes.js';
import { wrongType } from '../wrong-type.js';
import { findSeparator, splitCsv } from './csv-rows.js';
import { findTimeColumn, isTime } from './time-column.js';

const HEAD_BYTES = 64 * 1024;

/** Reads the first rows: a header row, a column of times and one of values have to be there. */
export async function readTimeSeries(source: ByteSource): Promise<Measured<'timeSeries'>> {
  const head = await readHead(source, HEAD_BYTES);
  const text = decode(head.bytes, isWhole(head));
  if (text === null) throw wrongType('timeSeries', await sniff(head.bytes, head.size));
  const separator = findSeparator(text);
  const [headings, ...rows] = splitCsv(text, separator, { isWhole: isWhole(head) });
  if (!headings) throw noHeaderRow(head);
  checkHeadings(headings);
  const timeColumn = findTimeColumn(headings);
  checkTimes(rows, { column: timeColumn, heading: headings[timeColumn] ?? '', head });
  return {
    metadata: { fileSize: head.size, mimeType: 'text/csv' },
    facts: { timeColumn: headings[timeColumn] ?? '', channels: headings.length - 1 },
  };
}

function decode(bytes: Uint8Array, isWholeObject: boolean): string | null {
  const mark = readByteOrderMark(bytes);
  const body = bytes.subarray(mark?.length ?? 0);
  const encoding = mark?.encoding ?? guessUtf16(bytes) ?? 'utf-8';
  if (encoding.startsWith('utf-32')) return null;
  if (encoding !== 'utf-8') return new TextDecoder(encoding).decode(body);
  if (hasBinaryBytes(body)) return null;
  return decodeUtf8(body, { cut: !isWholeObject }) ?? new TextDecoder('windows-1252').decode(body);
}

function noHeaderRow(head: ObjectHead): ProbeError {
  return isWhole(head)
    ? new ProbeError('wrong_type', 'Expected a time series (CSV with a header row); found no row at all.')
    : new ProbeError(
        'wrong_type',
        `Expected a time series (CSV); its first row does not end within ${HEAD_BYTES} bytes.`,
      );
}

function checkHeadings(headings: readonly string[]): void {
  if (headings.every((heading) => heading === '' || isTime(heading)))
    throw new ProbeError(
      'wrong_type',
      `Expected a time series (CSV with a header row); its first row holds values ("${show(headings[0])}"). Put the headings above it.`,
    );
  if (headings.length < 2)
    throw new ProbeError(
      'wrong_type',
      `Expected a time series (CSV with a column of times and one or more of values); found the one column "${show(headings[0])}".`,
    );
  const twice = headings.find((heading, index) => heading !== '' && headings.indexOf(heading) !== index);
  if (twice !== undefined)
    throw new ProbeError('corrupt', `Two columns have the heading "${show(twice)}". Give each its own.`);
}

interface TimeColumn {
  readonly column: number;
  readonly heading: string;
  readonly head: ObjectHead;
}

/** Rows without a time are left out by viewers, so one that has one is enough. */
function checkTimes(rows: readonly string[][], { column, heading, head }: TimeColumn): void {
  if (rows.some((row) => isTime(row[column] ?? ''))) return;
  if (rows.length === 0 && !isWhole(head)) return;
  const [first] = rows;
  throw first
    ? new ProbeError(
        'wrong_type',
        `The time series has no column of times: "${show(heading)}" holds "${show(first[column])}". Name one t, time or timestamp, with numbers or ISO 8601 dates in it.`,
      )
    : new ProbeError('wrong_type', 'The time series has a header row and no other.');
}

function show(cell = ''): string {
  return cell.length > 40 ? `${cell.slice(0, 40)}…` : cell;
}

import { LatchkeyError } from '@latchkey/contract/errors';
import { unitKinds } from '@latchkey/contract/kinds';
import { limits } from '@latchkey/contract/limits';
import { elementField } from '../read/element-keys.js';
import { rowProblemKey } from '../read/row-problem.js';
import type { ManifestFlags } from '../scan/manifest-keys.js';
import type { ManifestOutline } from '../scan/outline.js';
import { WarningList, warningAt } from '../warnings.js';
import { flagsLine } from '../write/write-ndjson.js';
import { CsvColumnList } from './csv-columns.js';
import { CsvDecoder } from './csv-decoder.js';
import { type RowElement, RowProblem, readRow } from './csv-element.js';
import { type Headings, isHeadingRow, readHeadings } from './csv-headings.js';
import { CsvRows } from './csv-rows.js';

interface OpenGroup {
  readonly first: RowElement;
  readonly rows: RowElement[];
  readonly line: number;
  length: number;
}

const encoder = new TextEncoder();

/**
 * Writes a CSV manifest as NDJSON, in pieces of any size: a row is on the line on which it begins in the CSV, so that
 * the places of errors are those of the CSV. Rows of one group that stand together become one line, that of the first.
 */
export class CsvConverter {
  readonly columns = new CsvColumnList();
  readonly warnings = new WarningList();
  private readonly decoder = new CsvDecoder();
  private readonly rows: CsvRows;
  private readonly maxRowLength: number;
  private headings: Headings | null = null;
  private group: OpenGroup | null = null;
  private out = '';
  private outLine = 1;

  constructor(flags: ManifestFlags, maxElementBytes: number = limits.manifestElementBytes) {
    this.maxRowLength = maxElementBytes;
    this.rows = new CsvRows((cells, line) => this.takeRow(cells, line), maxElementBytes);
    // The headings leave the first line free.
    this.out = flagsLine(flags).trimEnd();
  }

  /** The next bytes of NDJSON. Throws `not_a_manifest` with line and column. */
  push(chunk: Uint8Array): Uint8Array {
    this.rows.push(this.decoder.decode(chunk));
    return this.take();
  }

  end(): Uint8Array {
    this.rows.push(this.decoder.end());
    this.rows.end();
    this.endGroup();
    if (this.headings === null) throw new LatchkeyError('manifest_empty');
    this.out += '\n';
    return this.take();
  }

  /** Tells in the outline of the NDJSON what is known of the CSV alone. */
  complete(outline: ManifestOutline): void {
    outline.warnings.unshift(...this.warnings.list());
    outline.csvColumns = this.columns.list;
  }

  private take(): Uint8Array {
    const bytes = encoder.encode(this.out);
    this.out = '';
    return bytes;
  }

  private takeRow(cells: string[], line: number): void {
    if (cells.every((cell) => cell.trim() === '')) return;
    if (this.headings === null || isHeadingRow(cells)) this.takeHeadings(cells, line);
    else this.takeUnit(cells, line, this.headings);
  }

  private takeHeadings(cells: string[], line: number): void {
    this.endGroup();
    const headings = readHeadings(cells);
    if (headings === null) {
      const found = cells.slice(0, 8).map((cell) => JSON.stringify(cell.trim().split('?')[0]?.slice(0, 40)));
      const message = `The first row (line ${line}) must name the columns, and one of them "ObjectURL"; found ${found.join(', ')}.`;
      throw new LatchkeyError('not_a_manifest', message, { details: { line, column: 1 } });
    }
    this.headings = headings;
    this.columns.add(headings, line);
    for (const name of headings.unknown)
      this.warn(
        'unknown_key',
        `The column "${name.slice(0, 60)}" is not known and was left out.`,
        line,
        headings.names.indexOf(name),
      );
    for (const name of headings.duplicate)
      this.warn(
        'duplicate_key',
        `The column "${name.slice(0, 60)}" is there before; the first one is used.`,
        line,
        headings.names.lastIndexOf(name),
      );
  }

  private warn(code: 'unknown_key' | 'duplicate_key', message: string, line: number, column: number): void {
    this.warnings.add(warningAt(code, message, { line, column: column + 1 }));
  }

  private takeUnit(cells: string[], line: number, headings: Headings): void {
    let row: RowElement;
    try {
      row = readRow(cells, headings);
    } catch (error) {
      if (!(error instanceof RowProblem)) throw error;
      this.endGroup();
      // With its headings and cells, so that the download of the failed units loses nothing.
      const objectUrl = cells[headings.columns.findIndex(({ to }) => to === 'objectUrl')]?.trim();
      this.emit(line, { [rowProblemKey]: error.message, objectUrl, headings: headings.names, cells });
      return;
    }
    if (this.group === null || row.group === null || row.group !== this.group.first.group) this.endGroup();
    if (row.group === null) this.emit(line, objectOf(row));
    else this.addToGroup(row, line, cells);
  }

  private addToGroup(row: RowElement, line: number, cells: readonly string[]): void {
    this.group ??= { first: row, rows: [], line, length: 0 };
    this.group.rows.push(row);
    this.group.length += cells.reduce((sum, cell) => sum + cell.length, 0);
    if (this.group.length <= this.maxRowLength) return;
    const message = `The group that begins on line ${this.group.line} is larger than ${this.maxRowLength} bytes (limit manifestElementBytes).`;
    throw new LatchkeyError('manifest_wrong_type', message, { details: { line, column: 1 } });
  }

  private endGroup(): void {
    if (this.group) this.emit(this.group.line, groupOf(this.group));
    this.group = null;
  }

  private emit(line: number, element: object): void {
    this.out += `${'\n'.repeat(line - this.outLine)}${JSON.stringify(element)}`;
    this.outLine = line;
  }
}

/** The fields that the kind has: in a file of several kinds the others' columns are blank, or say the same. */
function mediaOf({ kind, media }: RowElement): object {
  const metadata = kind === null ? null : unitKinds[kind].metadata;
  if (metadata === null) return {};
  const names: readonly string[] = Object.keys(metadata.schema.properties);
  const given = Object.entries(media).filter(([field]) => names.includes(field));
  return given.length === 0 ? {} : { [metadata.key]: Object.fromEntries(given) };
}

/** What the kind has of the columns of JSON; all of a kind that is not known. */
function jsonOf({ kind, json }: RowElement): object {
  if (kind === null) return json;
  const isOwn = (field: string) => field !== 'dicomMetadata' && elementField(field, kind) !== undefined;
  return Object.fromEntries(Object.entries(json).filter(([field]) => isOwn(field)));
}

const createVideoOf = ({ kind, createVideo }: RowElement): object =>
  kind !== null && elementField('createVideo', kind) === undefined ? {} : { createVideo };

function objectOf(row: RowElement): object {
  const { type, objectUrl, title } = row;
  return { type, objectUrl, title, ...createVideoOf(row), ...mediaOf(row), ...jsonOf(row) };
}

function groupOf({ first, rows }: OpenGroup): object {
  const { type, kind } = first;
  const title = rows.find((row) => row.title !== undefined)?.title;
  const clientMetadata = rows.find((row) => row.json.clientMetadata !== undefined)?.json.clientMetadata;
  const members = rows.flatMap((row, number) => {
    const media = kind === 'dicomSeries' ? { dicomMetadata: row.json.dicomMetadata } : mediaOf(row);
    return Object.entries({ objectUrl: row.objectUrl ?? '', title: row.memberTitle, ...media }).map(
      ([field, value]) => [`${field}_${number}`, value],
    );
  });
  return { type, title, ...createVideoOf(first), ...Object.fromEntries(members), clientMetadata };
}

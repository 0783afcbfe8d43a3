import type { ManifestWarning } from '@latchkey/contract/schemas/upload-job';
import type { NewPart } from '@latchkey/db/upload-jobs/parts';
import type { NewUnitError } from '@latchkey/db/upload-jobs/unit-errors-writer';
import type { CsvColumns } from '@latchkey/manifest/csv/csv-columns';
import type { Unit, UnitRules } from '@latchkey/manifest/read/unit';
import type { RowOwner } from './item-row.js';
import type { UnitSurvey } from './unit-survey.js';
import type { MeasuredRows, UnmeasuredRow } from './unmeasured.js';

/** One part to be read. Can be sent to another thread, as can what comes of it. */
export interface PrepareTask {
  readonly spoolKey: string;
  readonly part: NewPart;
  /** Of a manifest that came as CSV. */
  readonly csvColumns: readonly CsvColumns[] | null;
  readonly rules: UnitRules;
  /** Null: the units are checked only, no rows are made of them. */
  readonly owner: RowOwner | null;
  /** The caller decides of every part which rows are made; otherwise only of one with units to be measured. */
  readonly surveys: boolean;
  /** Units without media metadata are measured. */
  readonly measures: boolean;
}

/** Rows as `CopyRows` writes them. `ends` has one entry a unit, in the order of the manifest. */
export interface RowBytes {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Where the rows of each unit end in the bytes; a unit that was not chosen has none. */
  readonly ends: Uint32Array<ArrayBuffer>;
}

/** Items as rows: one of items each, and one of members for each member. */
export interface PreparedRows extends UnitSurvey {
  readonly items: RowBytes;
  readonly members: RowBytes;
}

/** A unit that is a group of registered items. */
export interface UnitReferences {
  readonly row: number;
  readonly unit: Pick<Unit, 'kind' | 'element' | 'line' | 'title'>;
  readonly itemIds: readonly string[];
}

export interface PreparedPart {
  readonly rows: PreparedRows;
  readonly errors: readonly NewUnitError[];
  /** Unknown keys and the like, each once. */
  readonly warnings: readonly ManifestWarning[];
  readonly origins: readonly string[];
  readonly references: readonly UnitReferences[];
  /**
   * By the row of the survey that was decided upon, the row here; null: the same. Units that could not be measured have
   * none, and files that were measured may turn out to be several DICOM series.
   */
  readonly movedRows: Uint32Array<ArrayBuffer> | null;
}

export interface RowDecision {
  /** Rows that have to be written, in ascending order; null: all. */
  readonly chosen: Uint32Array | null;
  /** Of the rows that lack media metadata; one that is not there is made without, and may be skipped only. */
  readonly measured: MeasuredRows;
}

export type DecideRows = (survey: UnitSurvey, unmeasured: readonly UnmeasuredRow[]) => Promise<RowDecision>;

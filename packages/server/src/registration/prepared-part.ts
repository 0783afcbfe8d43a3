import type { ManifestWarning } from '@latchkey/contract/schemas/upload-job';
import type { NewPart } from '@latchkey/db/upload-jobs/parts';
import type { NewUnitError } from '@latchkey/db/upload-jobs/unit-errors-writer';
import type { UnitRules } from '@latchkey/manifest/read/unit';
import type { RowOwner } from './item-row.js';
import type { UnitSurvey } from './unit-survey.js';

/** One part to be read. Can be sent to another thread, as can what comes of it. */
export interface PrepareTask {
  readonly spoolKey: string;
  readonly part: NewPart;
  readonly rules: UnitRules;
  /** Null: the units are checked only, no rows are made of them. */
  readonly owner: RowOwner | null;
}

/** Units as rows of `COPY` text. Arrays have one entry a row, in the order of the manifest. */
export interface PreparedRows extends UnitSurvey {
  readonly text: Uint8Array<ArrayBuffer>;
  /** Where each row ends in the text; a row that was not chosen has no text. */
  readonly ends: Uint32Array<ArrayBuffer>;
}

export interface PreparedPart {
  readonly rows: PreparedRows;
  readonly errors: readonly NewUnitError[];
  /** Unknown keys and the like, each once. */
  readonly warnings: readonly ManifestWarning[];
  readonly origins: readonly string[];
}

/** Which rows need their text, in ascending order. */
export type ChooseRows = (survey: UnitSurvey) => Promise<Uint32Array>;

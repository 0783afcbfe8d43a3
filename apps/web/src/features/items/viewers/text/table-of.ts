import { LatchkeyError } from '@latchkey/contract/errors';
import { CsvRows } from '@latchkey/manifest/csv/csv-rows';

export interface TextTable {
  readonly headings: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Why the text is a table only up to here. */
  readonly problem: string | null;
}

const maxRowLength = 1024 * 1024;

/** The rows of a CSV. Of a file that is not loaded whole the last row may be cut, and is left out. */
export function tableOf(text: string, isComplete: boolean): TextTable {
  const found: string[][] = [];
  const rows = new CsvRows((cells) => void found.push(cells), maxRowLength);
  let problem: string | null = null;
  try {
    rows.push(text);
    if (isComplete) rows.end();
  } catch (error) {
    if (!(error instanceof LatchkeyError)) throw error;
    problem = error.message;
  }
  const [headings = [], ...rest] = found.filter((cells) => cells.length > 1 || cells[0] !== '');
  return { headings, rows: rest, problem };
}

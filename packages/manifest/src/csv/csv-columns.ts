import type { Column, Headings } from './csv-headings.js';

/** Headings from `line` on: by what a column gives, its number from 1. */
export interface CsvColumns {
  readonly line: number;
  readonly columns: Readonly<Record<string, number>>;
}

/** Files with more rows of headings keep the first; columns behind these are not told. */
const maxHeadingRows = 100;

/** Where the fields of the rows stand, collected while a CSV is read. */
export class CsvColumnList {
  readonly list: CsvColumns[] = [];

  add(headings: Headings, line: number): void {
    if (this.list.length > maxHeadingRows) return;
    const columns =
      this.list.length === maxHeadingRows
        ? []
        : headings.columns.flatMap((column, index): [string, number][] => {
            const name = nameOf(column);
            return name === null ? [] : [[name, index + 1]];
          });
    this.list.push({ line, columns: Object.fromEntries(columns) });
  }
}

/** A key of the client metadata, `__proto__` too, is told from a field by its dot. */
function nameOf(column: Column): string | null {
  if (column.to === 'nothing') return null;
  if (column.to === 'meta') return `meta.${column.key}`;
  return column.to === 'media' || column.to === 'json' ? column.field : column.to;
}

/** The cell that a field of a unit error stands in; null if the row has none, or if the error is of the whole row. */
export function csvColumnOf(
  list: readonly CsvColumns[],
  { line, field }: { readonly line: number; readonly field: string | null },
): number | null {
  if (field === null) return null;
  const columns = list.findLast((each) => each.line <= line)?.columns ?? {};
  const name = namesOf(field).find((each) => Object.hasOwn(columns, each));
  return name === undefined ? null : (columns[name] ?? null);
}

/** What the column of a field may be called: `imageMetadata_2.width` is the width of a row of a group. */
function namesOf(field: string): readonly string[] {
  const [path = '', ...inside] = field.split('.');
  const first = path.replace(/_\d+$/, '');
  if (first === 'clientMetadata') return [`meta.${inside.join('.')}`, first];
  if (first === 'title' && first !== path) return ['memberTitle'];
  return [first, inside.at(-1) ?? ''];
}

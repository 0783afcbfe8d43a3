import type { UnitKind } from '@latchkey/contract/kinds';
import { type CsvRow, csvHeadings, headingsOfKind, rowsOf } from './csv-row.js';

/** Blanks at the ends count in a quoted cell only; the other delimiters could be taken for that of the table. */
const mustQuote = /[",;\t|\r\n]|^\s|\s$/;

const cellText = (cell: string): string => (mustQuote.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

const lineOf = (cells: readonly string[]): string => `${cells.map(cellText).join(',')}\r\n`;

/**
 * Writes elements as the rows of a CSV manifest. The columns are those of the kinds so far: where another kind needs
 * more, a row of headings comes again, which is at most once a kind.
 */
export class CsvWriter {
  private readonly headings = new Set<string>();
  private columns: readonly string[] = [];
  private group = 0;

  /** The rows of an element in the published spelling, with its `type`. */
  element(element: Readonly<Record<string, unknown>>, kind: UnitKind | null): string {
    this.group += 1;
    const rows = rowsOf(element, this.group);
    const text = this.headingsFor(rows, kind);
    return rows.reduce((lines, row) => lines + lineOf(this.columns.map((column) => row[column] ?? '')), text);
  }

  /** A row as it was, under its own headings. */
  asItWas(headings: readonly string[], cells: readonly string[]): string {
    const isSame = headings.join('\n') === this.columns.join('\n');
    this.columns = headings;
    return `${isSame ? '' : lineOf(headings)}${lineOf(cells)}`;
  }

  private headingsFor(rows: readonly CsvRow[], kind: UnitKind | null): string {
    const needed = [...headingsOfKind(kind), ...rows.flatMap((row) => Object.keys(row))];
    for (const heading of needed) this.headings.add(heading);
    if (needed.every((heading) => this.columns.includes(heading))) return '';
    this.columns = csvHeadings.filter((heading) => this.headings.has(heading));
    return lineOf(this.columns);
  }
}

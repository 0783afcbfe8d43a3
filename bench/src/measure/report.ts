import type { Machine } from './machine.js';

/** One line of the table. */
export interface ReportRow {
  readonly what: string;
  /** Null: not measured. */
  readonly measured: number | null;
  readonly unit: string;
  readonly floor?: number | null | undefined;
  /** Measured to floor. */
  readonly ratio?: number | null | undefined;
  readonly bar?: { readonly of: 'measured' | 'ratio'; readonly atLeast?: number; readonly atMost?: number };
}

export interface Report {
  readonly benchmark: string;
  readonly items: number;
  readonly engine: string;
  readonly rows: readonly ReportRow[];
  /** What the numbers mean here. */
  readonly notes: readonly string[];
  /** Wrong outcomes; with one the exit code is 1. */
  readonly problems: readonly string[];
  /** All that was measured, for the JSON file. */
  readonly details: unknown;
}

export type FinishedReport = Report & { readonly date: string; readonly machine: Machine };

export function isBarMet({ bar, measured, ratio }: ReportRow): boolean | null {
  if (!bar) return null;
  const value = bar.of === 'ratio' ? ratio : measured;
  if (value === null || value === undefined) return null;
  return value >= (bar.atLeast ?? -Infinity) && value <= (bar.atMost ?? Infinity);
}

const columns = ['what', 'measured', 'floor', 'ratio', 'bar', ''];

export function formatReport(report: FinishedReport): string {
  const { machine } = report;
  const gigabytes = (machine.memoryBytes / 1e9).toFixed(0);
  return [
    `${report.benchmark}, ${report.items.toLocaleString('en')} items, ${report.engine}`,
    `${machine.cores} cores (${machine.cpu}), ${gigabytes} GB, ${machine.system}, Node ${machine.node}, ${report.date}`,
    '',
    ...table([columns, ...report.rows.map(cellsOf)]),
    '',
    ...report.notes,
    ...report.problems.map((problem) => `WRONG: ${problem}`),
  ].join('\n');
}

function cellsOf(row: ReportRow): string[] {
  const met = isBarMet(row);
  return [
    row.what,
    row.measured === null ? 'not measured' : `${show(row.measured)} ${row.unit}`,
    row.floor === undefined ? '' : row.floor === null ? 'none' : `${show(row.floor)} ${row.unit}`,
    row.ratio === undefined || row.ratio === null ? '' : row.ratio.toFixed(2),
    barOf(row),
    met === null ? '' : met ? 'met' : 'missed',
  ];
}

function barOf({ bar, unit }: ReportRow): string {
  if (!bar) return '';
  const [sign, value] = bar.atLeast === undefined ? ['<=', bar.atMost] : ['>=', bar.atLeast];
  return bar.of === 'ratio' ? `${sign} ${value}x` : `${sign} ${value} ${unit}`;
}

/** Three digits or more, as many as a measurement can mean. */
const show = (value: number): string =>
  value >= 100 ? Math.round(value).toLocaleString('en') : String(Number(value.toPrecision(3)));

function table(rows: readonly (readonly string[])[]): string[] {
  const widths = columns.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  );
}

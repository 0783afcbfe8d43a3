import { CsvRows } from '@latchkey/manifest/csv/csv-rows';
import { findTimeColumn } from '@latchkey/probe/time-series/time-column';
import { RowStore } from './row-store.js';
import { isDate, secondsOf, type TimeUnit, unitOfHeading, unitOfValue } from './time-unit.js';

export interface Series {
  /** Seconds in ascending order: since 1970 when `isDate`, else as the file counts. */
  readonly times: Float64Array<ArrayBuffer>;
  readonly isDate: boolean;
  readonly timeHeading: string;
  readonly timeUnit: TimeUnit;
  readonly channels: readonly SeriesChannel[];
  readonly rowCount: number;
  /** Rows without a time. */
  readonly skippedCount: number;
  readonly rowsPerPoint: number;
  /** Headings of columns that have no number, or that are beyond the most that are shown. */
  readonly leftOut: readonly string[];
}

export interface SeriesChannel {
  readonly heading: string;
  /** NaN is a gap. */
  readonly values: Float64Array<ArrayBuffer>;
}

/** The file is no table of times and numbers; the message is shown. */
export class UnreadableSeries extends Error {
  override readonly name = 'UnreadableSeries';
}

const maxChannels = 100;
const maxRowLength = 4 * 1024 * 1024;

/** Reads a time series from CSV text in pieces of any size. */
export class SeriesReader {
  private headings: string[] | null = null;
  private timeAt = 0;
  private timeUnit: TimeUnit | null = null;
  private channelsAt: number[] = [];
  private store = new RowStore(0);
  private rowCount = 0;
  private skippedCount = 0;
  private hasNumber: boolean[] = [];
  private isSorted = true;
  private lastTime = Number.NEGATIVE_INFINITY;
  private readonly rows = new CsvRows((cells) => this.take(cells), maxRowLength);

  push(text: string): void {
    this.rows.push(text);
  }

  end(): Series {
    this.rows.end();
    const { headings, timeAt } = this;
    if (!headings) throw new UnreadableSeries('The file is empty: it has no row of headings.');
    const stored = this.store.end();
    if (stored.times.length === 0)
      throw new UnreadableSeries(
        `No row has a time in the column "${headings[timeAt]?.slice(0, 60)}" (${this.rowCount} rows were read).`,
      );
    const order = this.isSorted ? null : orderOf(stored.times);
    const sorted = (values: Float64Array<ArrayBuffer>) =>
      order ? Float64Array.from(order, (at) => values[at] ?? Number.NaN) : values;
    const times = sorted(stored.times);
    const numeric = this.channelsAt.map((at, channel) => ({ heading: headings[at] ?? '', channel }));
    const shown = numeric.filter(({ channel }) => this.hasNumber[channel]);
    if (shown.length === 0)
      throw new UnreadableSeries(
        `Beside the time in "${headings[timeAt]?.slice(0, 60)}" no column has numbers.`,
      );
    const shownHeadings = new Set(shown.map(({ heading }) => heading));
    return {
      times,
      isDate: isDate(times[0] ?? 0),
      timeHeading: headings[timeAt] ?? '',
      timeUnit: this.timeUnit ?? 's',
      channels: shown.map(({ heading, channel }) => ({
        heading,
        values: sorted(stored.columns[channel] ?? new Float64Array()),
      })),
      rowCount: this.rowCount,
      skippedCount: this.skippedCount,
      rowsPerPoint: stored.rowsPerPoint,
      leftOut: headings.filter((heading, at) => at !== timeAt && !shownHeadings.has(heading)),
    };
  }

  private take(cells: readonly string[]): void {
    if (cells.length === 1 && cells[0]?.trim() === '') return;
    if (this.headings) this.takeRow(cells);
    else this.start(cells);
  }

  private takeRow(cells: readonly string[]): void {
    this.rowCount += 1;
    const cell = cells[this.timeAt]?.trim() ?? '';
    this.timeUnit ??= cell === '' ? null : unitOfValue(cell);
    const time = secondsOf(cell, this.timeUnit ?? 's');
    if (!Number.isFinite(time)) {
      this.skippedCount += 1;
      return;
    }
    if (time < this.lastTime) this.isSorted = false;
    this.lastTime = time;
    this.store.add(
      time,
      this.channelsAt.map((at, channel) => this.numberOf(cells[at], channel)),
    );
  }

  private start(cells: readonly string[]): void {
    const headings = cells.map((cell) => cell.trim());
    this.headings = headings;
    this.timeAt = findTimeColumn(headings);
    this.timeUnit = unitOfHeading(headings[this.timeAt] ?? '');
    this.channelsAt = headings
      .map((_, at) => at)
      .filter((at) => at !== this.timeAt && headings[at] !== '')
      .slice(0, maxChannels);
    this.store = new RowStore(this.channelsAt.length);
    this.hasNumber = this.channelsAt.map(() => false);
  }

  private numberOf(cell: string | undefined, channel: number): number {
    const text = cell?.trim() ?? '';
    const value = text === '' ? Number.NaN : Number(text);
    if (!Number.isFinite(value)) return Number.NaN;
    this.hasNumber[channel] = true;
    return value;
  }
}

const orderOf = (times: Float64Array): Uint32Array =>
  Uint32Array.from(times, (_, at) => at).sort((a, b) => (times[a] ?? 0) - (times[b] ?? 0));

import type { UploadJobResult } from '@latchkey/contract/schemas/upload-job';
import type { CopyFloor } from '../floor/copy-floor.js';
import type { MemoryPeak } from '../measure/memory-watch.js';
import { medianOf } from '../measure/percentiles.js';
import { bars, megabytes, type PhaseMeasures } from '../measure/phase.js';
import type { Report, ReportRow } from '../measure/report.js';
import { describeEngine, engineOf } from '../system/bench-database.js';
import type { BenchRun } from '../system/bench-run.js';
import type { Registration } from '../system/register.js';

export interface PhaseResult extends PhaseMeasures, Omit<Registration, 'job'> {
  readonly what: string;
  readonly job: Omit<UploadJobResult, 'itemsWithNames' | 'unitErrors'>;
  readonly problems: readonly string[];
}

export interface Round {
  /** Null without a PostgreSQL for it. */
  readonly floor: CopyFloor | null;
  readonly phases: readonly PhaseResult[];
  readonly problems: readonly string[];
  readonly memoryAtStart: MemoryPeak;
}

export async function registrationReport(
  run: BenchRun,
  rounds: readonly Round[],
  manifestBytes: number,
): Promise<Report> {
  const { items } = run.options;
  const names = rounds[0]?.phases.map(({ what }) => what) ?? [];
  const how = rounds[0]?.phases[0]?.memory.how ?? '';
  return {
    benchmark: 'registration',
    items,
    engine: await describeEngine(run),
    rows: [
      ...names.map((_, phase) => rateRow(run, rounds, phase)),
      ...secondsRows(rounds, names),
      ...names.map((_, phase) => memoryRow(run, rounds, phase)),
      atStartRow(rounds),
      ...names.map((_, phase) => healthRow(rounds, phase)),
    ],
    notes: [
      `Medians of ${rounds.length} round(s); ratios are medians of the ratios within a round. Manifest: ${Math.round(manifestBytes / items)} bytes a unit.`,
      `Floor: psql \\copy of ${items.toLocaleString('en')} naive rows into PostgreSQL. "Again" has as its floor the first time.`,
      ...settingsNote(rounds[0]?.floor ?? null),
      `Memory: ${how}.`,
    ],
    problems: rounds.flatMap((round) => round.problems),
    details: {
      manifestBytes,
      skipDuplicates: run.options.skipDuplicates,
      ignoreErrors: run.options.ignoreErrors,
      rounds,
    },
  };
}

function settingsNote(floor: CopyFloor | null): string[] {
  if (floor === null) return ['No floor: no PostgreSQL was found for it; give --floor-database URL.'];
  const settings = Object.entries(floor.settings).map(([name, value]) => `${name} ${value}`);
  return [`PostgreSQL of the floor: ${settings.join(', ')}.`];
}

const medianOver = (rounds: readonly Round[], value: (round: Round) => number | null | undefined) => {
  const values = rounds.map(value).filter((each) => each !== null && each !== undefined);
  return values.length === 0 ? null : medianOf(values);
};

/** Units a second beside rows a second. */
function rateRow(run: BenchRun, rounds: readonly Round[], phase: number): ReportRow {
  const { items } = run.options;
  const rate = (round: Round) => items / (round.phases[phase]?.seconds ?? Number.NaN);
  return {
    what: `register, ${rounds[0]?.phases[phase]?.what}`,
    measured: medianOver(rounds, rate),
    unit: 'units/s',
    floor: medianOver(rounds, ({ floor }) => floor?.rowsPerSecond),
    ratio: medianOver(rounds, (round) => (round.floor ? rate(round) / round.floor.rowsPerSecond : null)),
    ...(phase === 0 && { bar: { of: 'ratio', atLeast: bars.registrationRatio[engineOf(run)] } as const }),
  };
}

/** Seconds of each later phase beside those of the first. */
function secondsRows(rounds: readonly Round[], names: readonly string[]): ReportRow[] {
  const seconds = (round: Round, phase: number) => round.phases[phase]?.seconds ?? Number.NaN;
  const first = medianOver(rounds, (round) => seconds(round, 0));
  return names.map((name, phase) => ({
    what: `time, ${name}`,
    measured: medianOver(rounds, (round) => seconds(round, phase)),
    unit: 's',
    ...(phase > 0 && {
      floor: first,
      ratio: medianOver(rounds, (round) => seconds(round, phase) / seconds(round, 0)),
    }),
    ...(phase === 1 && { bar: { of: 'ratio', atMost: bars.againRatio } as const }),
  }));
}

/** The largest of the rounds: a peak has no median. */
function memoryRow(run: BenchRun, rounds: readonly Round[], phase: number): ReportRow {
  return {
    what: `peak memory, ${rounds[0]?.phases[phase]?.what}`,
    measured: largest(rounds.map((round) => round.phases[phase]?.memory.rss ?? null)),
    unit: 'MB',
    bar: { of: 'measured', atMost: bars.memoryMegabytes[engineOf(run)] },
  };
}

const atStartRow = (rounds: readonly Round[]): ReportRow => ({
  what: 'peak memory, first start',
  measured: largest(rounds.map((round) => round.memoryAtStart.rss)),
  unit: 'MB',
});

const healthRow = (rounds: readonly Round[], phase: number): ReportRow => ({
  what: `GET /health/live p99, ${rounds[0]?.phases[phase]?.what}`,
  measured: medianOver(rounds, (round) => round.phases[phase]?.health.latency.p99),
  unit: 'ms',
});

function largest(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : megabytes(Math.max(...known));
}

import type { Percentiles } from '../measure/percentiles.js';
import { bars } from '../measure/phase.js';
import type { Report, ReportRow } from '../measure/report.js';
import { describeEngine, engineOf } from '../system/bench-database.js';
import type { BenchRun } from '../system/bench-run.js';
import { startServer } from '../system/server-under-test.js';
import { listCases } from './list-cases.js';
import { openListDatabase, prepareLists } from './list-data.js';
import { measureCase } from './list-measure.js';

interface Measured {
  readonly name: string;
  /** The bar is for pages on PostgreSQL. */
  readonly hasBar: boolean;
  /** Milliseconds of one request, N items in the folder. */
  readonly large: Percentiles;
  /** The same among 1,000 items. */
  readonly small: Percentiles;
}

/** Pages of 100 of a folder of N items, beside the same pages of a folder of 1,000. */
export async function runLists(run: BenchRun): Promise<Report> {
  const { options, cleanup, note } = run;
  const place = await openListDatabase(run);
  const server = await startServer(cleanup, place);
  const data = await prepareLists(run, server.client, place.stateFile);
  const { transport } = server.client.context;
  const measured: Measured[] = [];
  const problems = [...data.problems];
  for (const each of listCases) {
    note(`${each.name} ...`);
    const small = await measureCase(transport, each, data.small, options);
    const large = await measureCase(transport, each, data.large, options);
    problems.push(...small.problems, ...large.problems);
    const hasBar = each.kind !== 'summary' && engineOf(run) === 'postgres';
    measured.push({ name: each.name, hasBar, large: large.times, small: small.times });
  }
  await server.stop();
  return {
    benchmark: 'lists',
    items: options.items,
    engine: await describeEngine(run),
    rows: measured.flatMap(rowsOf),
    notes: [
      `${options.pages} requests each over HTTP, one at a time, 100 items a page, answers parsed. Beside: the same among 1,000 items.`,
      'A list that ends begins anew; a search without a match is one empty page.',
    ],
    problems,
    details: { measured, pages: options.pages },
  };
}

function rowsOf({ name, large, small, hasBar }: Measured): ReportRow[] {
  return (['p50', 'p90', 'p99', 'max'] as const).map((rank) => ({
    what: `${name}, ${rank}`,
    measured: large[rank],
    unit: 'ms',
    floor: small[rank],
    ratio: large[rank] !== null && small[rank] ? large[rank] / small[rank] : null,
    ...(hasBar && rank === 'p99' && { bar: { of: 'measured', atMost: bars.pageMs } as const }),
  }));
}

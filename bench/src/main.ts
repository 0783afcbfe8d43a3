import { writeFile } from 'node:fs/promises';
import { runCacheTests } from './benchmarks/cache-tests.js';
import { runChurn } from './benchmarks/churn.js';
import { runEventLoop } from './benchmarks/eventloop.js';
import { runGatewayBenchmark } from './benchmarks/gateway.js';
import { runIdentity } from './benchmarks/identity.js';
import { runLists } from './benchmarks/lists.js';
import { runLoad } from './benchmarks/load.js';
import { runManifest } from './benchmarks/manifest.js';
import { runPresign } from './benchmarks/presign.js';
import { runProbe } from './benchmarks/probe.js';
import { runReceive } from './benchmarks/receive.js';
import { runRegistration } from './benchmarks/registration.js';
import { describeMachine } from './measure/machine.js';
import { type FinishedReport, formatReport, type Report } from './measure/report.js';
import { type Options, readOptions, UsageError, usage } from './options.js';
import { type BenchRun, createBenchRun } from './system/bench-run.js';

const benchmarks: Readonly<
  Record<Exclude<Options['benchmark'], 'manifest'>, (run: BenchRun) => Promise<Report>>
> = {
  registration: runRegistration,
  receive: runReceive,
  lists: runLists,
  eventloop: runEventLoop,
  probe: runProbe,
  gateway: runGatewayBenchmark,
  'cache-tests': runCacheTests,
  presign: runPresign,
  identity: runIdentity,
  load: runLoad,
  churn: runChurn,
};

const note = (line: string): void => void process.stderr.write(`${line}\n`);

/** 0: measured, whatever the numbers; 1: a wrong outcome or a fault; 2: not understood. */
async function main(parameters: readonly string[]): Promise<number> {
  const options = readOptions(parameters);
  if (options.benchmark === 'manifest') {
    await runManifest(options, note);
    return 0;
  }
  const run = await createBenchRun(options, note);
  cleanUpOnSignals(run);
  const date = new Date().toISOString();
  try {
    const report = { ...(await benchmarks[options.benchmark](run)), date, machine: describeMachine() };
    process.stdout.write(`${formatReport(report)}\n`);
    if (options.jsonFile !== null) await writeJson(options.jsonFile, report);
    return report.problems.length === 0 ? 0 : 1;
  } finally {
    await run.cleanup.run();
  }
}

const writeJson = (file: string, report: FinishedReport) =>
  writeFile(file, `${JSON.stringify(report, null, 2)}\n`);

function cleanUpOnSignals({ cleanup }: BenchRun): void {
  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const) {
    process.once(signal, () => {
      note('Cleaning up ...');
      void cleanup
        .run()
        .catch((error: unknown) => note(String(error)))
        .finally(() => process.exit(code));
    });
  }
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  note(
    error instanceof UsageError ? `${error.message}\n\n${usage}` : String((error as Error).stack ?? error),
  );
  process.exitCode = error instanceof UsageError ? 2 : 1;
}

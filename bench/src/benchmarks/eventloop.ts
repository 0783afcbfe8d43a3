import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { HealthProbe } from '../measure/health-probe.js';
import { type LoopDelay, loopMonitorOf, takeLoopDelay } from '../measure/loop-delay.js';
import { MemoryWatch } from '../measure/memory-watch.js';
import { bars, measurePhase, megabytes, type PhaseMeasures } from '../measure/phase.js';
import type { Report, ReportRow } from '../measure/report.js';
import { createBenchDatabase, describeEngine } from '../system/bench-database.js';
import type { BenchRun } from '../system/bench-run.js';
import { createIntegration, problemsOf, problemsOfFolder, register } from '../system/register.js';
import { startServer } from '../system/server-under-test.js';
import { writeManifest } from '../workload/manifest-file.js';

interface Measured extends PhaseMeasures {
  readonly loop: LoopDelay;
}

const idleMs = 3000;

/** The delay of the server's event loop while it registers N units, beside the same server idle. */
export async function runEventLoop(run: BenchRun): Promise<Report> {
  const { options, cleanup, directory, workload, note } = run;
  note('Writing the manifest ...');
  const manifest = await writeManifest(join(directory, 'manifest.json'), workload, {
    skipDuplicateUrls: true,
  });
  const database = await createBenchDatabase(run);
  const file = join(directory, 'loop.json');
  const dataDirectory = join(directory, 'data');
  const server = await startServer(cleanup, {
    dataDirectory,
    databaseUrl: database.url,
    ...loopMonitorOf(file),
  });
  const memory = new MemoryWatch(server.pid);
  const probe = new HealthProbe(server.url);
  const integration = await createIntegration(server.client);
  const folder = await server.client.createStorageFolder('Bench');
  const measured = async <T>(work: () => Promise<T>) => {
    await takeLoopDelay(server.process, file);
    const result = await measurePhase(memory, probe, async () => ({ result: await work() }));
    return { ...result, loop: await takeLoopDelay(server.process, file) };
  };
  note('Idle, then registering ...');
  const idle = await measured(() => pause(idleMs));
  const busy = await measured(() => register(folder, integration, manifest));
  const { job, seconds } = busy.result;
  const problems = [
    ...problemsOf('register', job, { done: options.items, skipped: 0, renewed: 0 }),
    ...(await problemsOfFolder(folder, options.items)),
  ];
  await Promise.all([memory.stop(), probe.stop()]);
  await server.stop();
  return {
    benchmark: 'eventloop',
    items: options.items,
    engine: await describeEngine(run),
    rows: rowsOf(idle, busy, seconds),
    notes: [
      'Loop delay: perf_hooks inside the server, above its 10 ms interval. Floor: the same server, idle for 3 s.',
      'GET /health/live: one request every 50 ms from another thread, also while earlier ones wait.',
      `Memory: ${busy.memory.how}.`,
    ],
    problems,
    details: { idle: without(idle), busy: without(busy), seconds },
  };
}

function without({ loop, memory, health }: Measured): Measured {
  return { loop, memory, health };
}

function rowsOf(idle: Measured, busy: Measured, seconds: number): ReportRow[] {
  const bar = { of: 'measured', atMost: bars.eventLoopMs } as const;
  const rows = (['p50', 'p99', 'max'] as const).flatMap((rank): ReportRow[] => [
    {
      what: `loop delay ${rank}`,
      measured: busy.loop[rank],
      unit: 'ms',
      floor: idle.loop[rank],
      ...(rank === 'p99' && { bar }),
    },
    {
      what: `GET /health/live ${rank}`,
      measured: busy.health.latency[rank],
      unit: 'ms',
      floor: idle.health.latency[rank],
      ...(rank === 'p99' && { bar }),
    },
  ]);
  return [
    ...rows.filter(({ what }) => what.startsWith('loop')),
    ...rows.filter(({ what }) => !what.startsWith('loop')),
    { what: 'time to register', measured: seconds, unit: 's' },
    { what: 'peak memory', measured: megabytes(busy.memory.rss), unit: 'MB' },
  ];
}

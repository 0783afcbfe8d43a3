import { startNodeWorker } from '@latchkey/probe/pool/node-worker';
import { ProbePool } from '@latchkey/probe/pool/probe-pool';
import { medianOf } from '../measure/percentiles.js';
import type { Report } from '../measure/report.js';
import type { BenchRun } from '../system/bench-run.js';
import { startServerProcess } from '../system/server-process.js';
import { mediaObjects, objectBytes } from '../workload/media-objects.js';

const workers = 2;
const perWorker = 8;
/** What the first read of a measurement asks for. */
const pageBytes = 64 * 1024;

/** Seconds for the same files. */
interface Round {
  readonly get: number;
  readonly probe: number;
  readonly failures: number;
}

/** Measures N files of a local server, beside one GET of the first 64 KiB of each. */
export async function runProbe({ options, cleanup, note }: BenchRun): Promise<Report> {
  const server = await startServerProcess(new URL('../system/media-process.js', import.meta.url));
  cleanup.defer(() => server.stop());
  const module = new URL('../system/probe-worker.js', import.meta.url);
  const pool = new ProbePool<string>({ start: () => startNodeWorker(module), workers, perWorker });
  cleanup.defer(async () => pool.close());
  note('Loading the readers ...');
  await probeAll(pool, server.url, mediaObjects.length * workers * perWorker);
  const rounds: Round[] = [];
  for (let number = 1; number <= options.rounds; number += 1) {
    note(`Round ${number} of ${options.rounds} ...`);
    const get = await timed(() => getAll(server.url, options.items));
    const probe = await timed(() => probeAll(pool, server.url, options.items));
    rounds.push({ get: get.seconds, probe: probe.seconds, failures: probe.result });
  }
  return reportOf(options.items, rounds);
}

async function timed<T>(work: () => Promise<T>): Promise<{ seconds: number; result: T }> {
  const begin = performance.now();
  const result = await work();
  return { seconds: (performance.now() - begin) / 1000, result };
}

/** Answers how many could not be measured. */
async function probeAll(pool: ProbePool<string>, url: string, count: number): Promise<number> {
  const outcomes = await Promise.allSettled(
    Array.from({ length: count }, (_, number) =>
      pool.measure(mediaObjects[number % mediaObjects.length]?.kind ?? 'image', `${url}/${number}`),
    ),
  );
  return outcomes.filter(({ status }) => status === 'rejected').length;
}

/** As many at a time as the pool has. */
async function getAll(url: string, count: number): Promise<void> {
  let next = 0;
  const lane = async () => {
    while (next < count) {
      const response = await fetch(`${url}/${next++}`, { headers: { Range: `bytes=0-${pageBytes - 1}` } });
      await response.arrayBuffer();
    }
  };
  await Promise.all(Array.from({ length: workers * perWorker }, lane));
}

function reportOf(items: number, rounds: readonly Round[]): Report {
  const measured = medianOf(rounds.map(({ probe }) => items / probe));
  const floor = medianOf(rounds.map(({ get }) => items / get));
  const ratio = medianOf(rounds.map(({ get, probe }) => get / probe));
  return {
    benchmark: 'probe',
    items,
    engine: 'no database',
    rows: [{ what: 'measure', measured, unit: 'files/s', floor, ratio }],
    notes: [
      `Medians of ${rounds.length} round(s); ${mediaObjects.length} kinds of files, filled up to ${objectBytes / 1024} KiB.`,
      `${workers} threads with ${perWorker} files at a time. Floor: a GET of the first 64 KiB, ${workers * perWorker} at a time in one thread.`,
    ],
    problems: rounds.flatMap(({ failures }) =>
      failures === 0 ? [] : [`${failures} files could not be measured.`],
    ),
    details: { rounds },
  };
}

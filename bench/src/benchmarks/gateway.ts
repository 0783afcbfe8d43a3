import { randomFillSync } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { spawnLatchkey } from '@latchkey/testkit/spawn-latchkey';
import { hasNginx, startNginx } from '../floor/nginx.js';
import { MemoryWatch } from '../measure/memory-watch.js';
import { medianOf, percentilesOf } from '../measure/percentiles.js';
import type { Report, ReportRow } from '../measure/report.js';
import type { BenchRun } from '../system/bench-run.js';
import { type LoadResult, load } from '../system/load.js';

const connections = 32;
const secondsOfLoad = 3;
const objects = [
  { name: '100 KB', file: '100k.bin', bytes: 100_000, bar: 0.5 },
  { name: '5 MB', file: '5m.bin', bytes: 5_000_000, bar: null },
] as const;

interface Measured {
  readonly what: string;
  readonly bar: number | null;
  readonly gateway: LoadResult;
  readonly nginx: LoadResult;
}

/** Hits and misses of the gateway beside those of nginx's proxy_cache, before the same origin, in turn. */
export async function runGatewayBenchmark({ options, directory, cleanup, note }: BenchRun): Promise<Report> {
  if (!(await hasNginx())) {
    throw new Error('nginx is missing, beside which the gateway is measured: apt-get install nginx-light');
  }
  const files = join(directory, 'files');
  await mkdir(join(files, 'bench'), { recursive: true });
  for (const { file, bytes } of objects) {
    await writeFile(join(files, 'bench', file), randomFillSync(Buffer.alloc(bytes)));
  }
  const nginx = await startNginx(directory, files);
  cleanup.defer(() => nginx.stop());
  const configFile = join(directory, 'gateway.yaml');
  await writeFile(configFile, JSON.stringify(configuration(directory, nginx.originUrl)));
  const gateway = await spawnLatchkey({
    command: ['gateway', '--config', configFile],
    environment: { BENCH_KEY: 'none' },
  });
  cleanup.defer(() => gateway.stop());
  const memory = new MemoryWatch(gateway.process.pid ?? 0);
  cleanup.defer(() => memory.stop());
  await memory.beginPhase();

  const measured: Measured[] = [];
  for (let round = 1; round <= options.rounds; round += 1) {
    for (const kind of ['hit', 'miss'] as const) {
      for (const { name, file, bar } of objects) {
        note(`Round ${round} of ${options.rounds}: ${kind} ${name} ...`);
        const of = (url: string, path: string) => measure(url, path, kind === 'miss', round);
        measured.push({
          what: `${kind}, ${name}`,
          bar: kind === 'hit' ? bar : null,
          nginx: await of(nginx.cacheUrl, `/bench/${file}`),
          gateway: await of(gateway.url, `/${file}`),
        });
      }
    }
  }
  const { rss, how } = await memory.peak();
  return reportOf(options.rounds, measured, rss, how);
}

function configuration(directory: string, originUrl: string) {
  const key = { env: 'BENCH_KEY' };
  return {
    listen: [{ address: '127.0.0.1:0' }],
    allow: ['127.0.0.1'],
    cache: { directory: join(directory, 'gateway-cache'), maxSize: '20GB' },
    // nginx does the same: no line for each request.
    log: { requests: false },
    sites: [
      {
        hosts: ['127.0.0.1'],
        origin: { type: 's3', endpoint: originUrl, bucket: 'bench', accessKeyId: key, secretAccessKey: key },
      },
    ],
  };
}

async function measure(url: string, path: string, isUnique: boolean, round: number): Promise<LoadResult> {
  const options = { url, path, connections, isUnique, firstNumber: round * 1_000_000 };
  // Into the cache, and the code warm.
  await load({ ...options, seconds: 0.5, firstNumber: round * 1_000_000 + 500_000 });
  return load({ ...options, seconds: secondsOfLoad });
}

function reportOf(rounds: number, measured: readonly Measured[], rss: number | null, how: string): Report {
  const rows = [...new Set(measured.map(({ what }) => what))].map((what) =>
    rowOf(
      what,
      measured.filter((one) => one.what === what),
    ),
  );
  const memoryRow = { what: 'memory, peak', measured: rss === null ? null : rss / 1e6, unit: 'MB' };
  return {
    benchmark: 'gateway',
    items: objects.length,
    engine: 'no database',
    rows: [...rows, memoryRow],
    notes: [
      `Medians of ${rounds} round(s) of ${secondsOfLoad} s with ${connections} connections. Floor: nginx proxy_cache with one worker, tcp_nopush off, before the same origin, in turn with the gateway.`,
      ...measured.map(
        ({ what, gateway, nginx }) =>
          `${what}: p50 ${latency(gateway, 'p50')} (nginx ${latency(nginx, 'p50')}), p99 ${latency(gateway, 'p99')} (${latency(nginx, 'p99')})`,
      ),
      `Memory: ${how}.`,
    ],
    problems: measured.flatMap(({ what, gateway, nginx }) =>
      [...gateway.wrong, ...nginx.wrong].map((head) => `${what}: ${head}`),
    ),
    details: measured.map(({ what, gateway, nginx }) => ({
      what,
      gateway: { ...gateway, samples: percentilesOf(gateway.samples) },
      nginx: { ...nginx, samples: percentilesOf(nginx.samples) },
    })),
  };
}

function rowOf(what: string, rounds: readonly Measured[]): ReportRow {
  const rate = ({ requests, seconds }: LoadResult): number => requests / seconds;
  const bar = rounds[0]?.bar ?? null;
  return {
    what,
    measured: medianOf(rounds.map(({ gateway }) => rate(gateway))),
    unit: 'requests/s',
    floor: medianOf(rounds.map(({ nginx }) => rate(nginx))),
    ratio: medianOf(rounds.map(({ gateway, nginx }) => rate(gateway) / rate(nginx))),
    ...(bar !== null && { bar: { of: 'ratio' as const, atLeast: bar } }),
  };
}

function latency({ samples }: LoadResult, rank: 'p50' | 'p99'): string {
  return `${(percentilesOf(samples)[rank] ?? 0).toFixed(1)} ms`;
}

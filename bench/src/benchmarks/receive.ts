import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { startUploadJobFromManifest } from '@latchkey/contract/routes/upload-jobs';
import { openManifestFile } from '@latchkey/sdk/node/manifest-file';
import { createTransport } from '@latchkey/sdk/transport';
import { measureFile } from '../floor/scan-floor.js';
import { startSink } from '../floor/sink.js';
import { HealthProbe } from '../measure/health-probe.js';
import { MemoryWatch } from '../measure/memory-watch.js';
import { medianOf } from '../measure/percentiles.js';
import { bars, measurePhase, megabytes, type PhaseMeasures } from '../measure/phase.js';
import type { Report } from '../measure/report.js';
import { createBenchDatabase, describeEngine } from '../system/bench-database.js';
import type { BenchRun } from '../system/bench-run.js';
import { createIntegration } from '../system/register.js';
import { startServer } from '../system/server-under-test.js';
import { type ManifestFile, writeManifest } from '../workload/manifest-file.js';

/** Seconds for the same file. */
interface Round extends PhaseMeasures {
  readonly scan: number;
  readonly read: number;
  readonly send: number;
  readonly receive: number;
  readonly units: number;
}

/** Sends an N-unit manifest to a server that does not register, beside a bare scan of the file. */
export async function runReceive(run: BenchRun): Promise<Report> {
  const { options, directory, workload, note } = run;
  note('Writing the manifest ...');
  const flags = { skipDuplicateUrls: true };
  const manifest = await writeManifest(join(directory, 'manifest.json'), workload, flags);
  const rounds: Round[] = [];
  for (let number = 1; number <= options.rounds; number += 1) {
    note(`Round ${number} of ${options.rounds} ...`);
    rounds.push(await receiveRound(run, manifest, number));
  }
  return receiveReport(run, manifest, rounds);
}

async function receiveRound(run: BenchRun, manifest: ManifestFile, number: number): Promise<Round> {
  const { directory, cleanup } = run;
  const { seconds: read } = await measureFile('read', manifest.path);
  const { seconds: scan } = await measureFile('scan', manifest.path);
  const send = await measureSending(run, manifest);
  const database = await createBenchDatabase(run);
  const dataDirectory = join(directory, `data-${number}`);
  const server = await startServer(cleanup, { dataDirectory, databaseUrl: database.url, role: 'api' });
  const memory = new MemoryWatch(server.pid);
  const probe = new HealthProbe(server.url);
  const integrationId = await createIntegration(server.client);
  const folder = await server.client.createStorageFolder('Bench');
  const { receive, job, ...measures } = await measurePhase(memory, probe, async () => {
    const begin = performance.now();
    const job = await folder.addPrivateDataToFolderStart({
      integrationId,
      manifest: manifest.path,
      ignoreErrors: true,
    });
    return { job, receive: (performance.now() - begin) / 1000 };
  });
  const state = await folder.addPrivateDataToFolderGetResult(job, { timeoutSeconds: 0 });
  await Promise.all([memory.stop(), probe.stop()]);
  await server.stop();
  await database.drop();
  await rm(dataDirectory, { recursive: true });
  return { scan, read, send, receive, units: state.unitsTotalCount, ...measures };
}

/** The SDK sends the file to a server that throws it away. */
async function measureSending({ cleanup }: BenchRun, manifest: ManifestFile): Promise<number> {
  const sink = await startSink();
  const stop = cleanup.defer(() => sink.stop());
  const begin = performance.now();
  const folderUuid = '00000000-0000-7000-8000-000000000000';
  await createTransport({ baseUrl: sink.url }).call(startUploadJobFromManifest, {
    params: { folderUuid },
    query: { integrationHash: folderUuid },
    body: openManifestFile(manifest.path).body,
  });
  const seconds = (performance.now() - begin) / 1000;
  await stop();
  return seconds;
}

async function receiveReport(
  run: BenchRun,
  manifest: ManifestFile,
  rounds: readonly Round[],
): Promise<Report> {
  const { items } = run.options;
  const rate = (of: (round: Round) => number) =>
    medianOf(rounds.map((round) => manifest.bytes / 1e6 / of(round)));
  const peaks = rounds.map((round) => round.memory.rss).filter((peak) => peak !== null);
  const bar = { of: 'measured', atLeast: bars.receiveMegabytesPerSecond } as const;
  const floor = rate((round) => round.scan);
  const ratio = medianOf(rounds.map((round) => round.scan / round.receive));
  return {
    benchmark: 'receive',
    items,
    engine: await describeEngine(run),
    rows: [
      { what: 'receive', measured: rate((round) => round.receive), unit: 'MB/s', floor, ratio, bar },
      { what: 'send only', measured: rate((round) => round.send), unit: 'MB/s' },
      { what: 'read only', measured: rate((round) => round.read), unit: 'MB/s' },
      { what: 'time', measured: medianOf(rounds.map((round) => round.receive)), unit: 's' },
      { what: 'peak memory', measured: peaks.length > 0 ? megabytes(Math.max(...peaks)) : null, unit: 'MB' },
      { what: 'GET /health/live p99', measured: rounds[0]?.health.latency.p99 ?? null, unit: 'ms' },
    ],
    notes: [
      `Medians of ${rounds.length} round(s); ${Math.round(manifest.bytes / 1e6)} MB, from the first byte to the answer.`,
      'Floor: the scanner alone in a process that reads the file. Send only: the SDK to a server that swallows.',
      `Memory: ${rounds[0]?.memory.how}.`,
    ],
    problems: rounds.flatMap(({ units }) =>
      units === items ? [] : [`${units} units were received, not ${items}.`],
    ),
    details: { manifestBytes: manifest.bytes, rounds },
  };
}

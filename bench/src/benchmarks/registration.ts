import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { startTemporaryPostgres } from '@latchkey/testkit/temporary-postgres';
import { measureCopyFloor } from '../floor/copy-floor.js';
import { writeNaiveRows } from '../floor/naive-rows.js';
import { HealthProbe } from '../measure/health-probe.js';
import { MemoryWatch } from '../measure/memory-watch.js';
import { measurePhase } from '../measure/phase.js';
import type { Report } from '../measure/report.js';
import { createBenchDatabase } from '../system/bench-database.js';
import type { BenchRun } from '../system/bench-run.js';
import {
  createIntegration,
  type ExpectedCounts,
  problemsOf,
  problemsOfFolder,
  type Registration,
  register,
} from '../system/register.js';
import { startServer } from '../system/server-under-test.js';
import { type ManifestFile, writeManifest } from '../workload/manifest-file.js';
import { type PhaseResult, type Round, registrationReport } from './registration-report.js';

interface Files {
  readonly first: ManifestFile;
  readonly resigned: ManifestFile;
  readonly rows: string;
}

/** Registers N units, the same again, and the same signed anew; in each round after the floor. */
export async function runRegistration(run: BenchRun): Promise<Report> {
  const { options, note } = run;
  note('Writing the manifests and the rows of the floor ...');
  const files = await writeFiles(run);
  const floorUrl = await floorServer(run);
  const rounds: Round[] = [];
  for (let number = 1; number <= options.rounds; number += 1) {
    note(`Round ${number} of ${options.rounds}: the floor ...`);
    const floor =
      floorUrl === null ? null : await measureCopyFloor(run.cleanup, floorUrl, files.rows, options.items);
    rounds.push({ floor, ...(await registrationRound(run, files, number)) });
  }
  return registrationReport(run, rounds, files.first.bytes);
}

async function writeFiles({ options, directory, workload }: BenchRun): Promise<Files> {
  const flags = { skipDuplicateUrls: options.skipDuplicates };
  const first = await writeManifest(join(directory, 'first.json'), workload, flags);
  const later = { ...workload, generation: 1 };
  const resigned = await writeManifest(join(directory, 'resigned.json'), later, flags);
  const rows = join(directory, 'rows.copy');
  await writeNaiveRows(rows, workload);
  return { first, resigned, rows };
}

/** The server that the registration uses, or else one that is started for the floor. */
async function floorServer({ options, cleanup, note }: BenchRun): Promise<string | null> {
  const given = options.floorDatabaseUrl ?? options.databaseUrl;
  if (given !== null) return given;
  const server = await startTemporaryPostgres();
  if (server === null) note('No PostgreSQL was found for the floor: give --floor-database URL.');
  else cleanup.defer(() => server.stop());
  return server?.url ?? null;
}

async function registrationRound(run: BenchRun, files: Files, number: number): Promise<Omit<Round, 'floor'>> {
  const { options, cleanup, directory, note } = run;
  const items = options.items;
  const database = await createBenchDatabase(run);
  const dataDirectory = join(directory, `data-${number}`);
  const server = await startServer(cleanup, { dataDirectory, databaseUrl: database.url });
  const memory = new MemoryWatch(server.pid);
  const probe = new HealthProbe(server.url);
  const start = await memory.peak();
  const integration = await createIntegration(server.client);
  const folder = await server.client.createStorageFolder('Bench');
  const phase = async (
    what: string,
    manifest: ManifestFile,
    expected: ExpectedCounts,
  ): Promise<PhaseResult> => {
    note(`  ${what} ...`);
    const work = (): Promise<Registration> => register(folder, integration, manifest, options.ignoreErrors);
    const { job, ...measures } = await measurePhase(memory, probe, work);
    const { itemsWithNames: _items, unitErrors: _errors, ...counters } = job;
    return { what, ...measures, job: counters, problems: problemsOf(what, job, expected) };
  };
  const phases = [await phase('new', files.first, { done: items, skipped: 0, renewed: 0 })];
  if (options.skipDuplicates) {
    phases.push(await phase('again', files.first, { done: 0, skipped: items, renewed: 0 }));
    phases.push(await phase('signed anew', files.resigned, { done: 0, skipped: items, renewed: items }));
  }
  const problems = [...phases.flatMap((each) => each.problems), ...(await problemsOfFolder(folder, items))];
  await Promise.all([memory.stop(), probe.stop()]);
  await server.stop();
  await database.drop();
  await rm(dataDirectory, { recursive: true });
  return { phases, problems, memoryAtStart: start };
}

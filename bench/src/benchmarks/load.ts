import { join } from 'node:path';
import { MemoryWatch } from '../measure/memory-watch.js';
import { percentilesOf } from '../measure/percentiles.js';
import { megabytes } from '../measure/phase.js';
import type { Report, ReportRow } from '../measure/report.js';
import { createBenchDatabase, describeEngine } from '../system/bench-database.js';
import type { BenchRun } from '../system/bench-run.js';
import { createIntegration, problemsOf, register } from '../system/register.js';
import { type ServerUnderTest, startServer } from '../system/server-under-test.js';
import { writeManifest } from '../workload/manifest-file.js';
import { activities, type LoadTarget, type LoadTimes, runUsers } from './load-users.js';

/** What the users look at. */
const viewedItems = 2000;
const shownFailures = 5;

/** Users who list, view and poll while a manifest of N units is registered: nobody may get an error. */
export async function runLoad(run: BenchRun): Promise<Report> {
  const { options, cleanup, directory, workload, note } = run;
  note('Writing the manifests ...');
  const flags = { skipDuplicateUrls: true };
  const manifest = await writeManifest(join(directory, 'manifest.json'), workload, flags);
  const viewed = { ...workload, items: viewedItems, seed: options.seed + 1 };
  const small = await writeManifest(join(directory, 'viewed.json'), viewed, flags);
  const database = await createBenchDatabase(run);
  const server = await startServer(cleanup, {
    dataDirectory: join(directory, 'data'),
    databaseUrl: database.url,
    // All users are on one machine, and sign in at once.
    environment: { LATCHKEY_ADDRESS_REQUESTS_PER_SECOND: 'off' },
  });
  const integration = await createIntegration(server.client);
  const folder = await server.client.createStorageFolder('Viewed');
  await register(folder, integration, small);
  const itemUuids: string[] = [];
  for await (const { uuid } of folder.listItems({ pageSize: 1000 })) itemUuids.push(uuid);
  note(`Signing in ${options.users} users ...`);
  const tokens = await signIn(server, options.users);

  const memory = new MemoryWatch(server.pid);
  await memory.beginPhase();
  note(`Registering ${options.items} units beside them ...`);
  const target = await server.client.createStorageFolder('Registered');
  const begin = performance.now();
  const jobUuid = await target.addPrivateDataToFolderStart({
    integrationId: integration,
    manifest: manifest.path,
    ignoreErrors: true,
  });
  const over = new AbortController();
  const place = { url: server.url, folderUuid: folder.uuid, itemUuids, jobFolderUuid: target.uuid, jobUuid };
  const load = runUsers(place satisfies LoadTarget, tokens, over.signal);
  const job = await target.addPrivateDataToFolderGetResult(jobUuid);
  const seconds = (performance.now() - begin) / 1000;
  over.abort();
  const measured = await load;
  const peak = await memory.peak();
  await memory.stop();
  await server.stop();
  return {
    benchmark: 'load',
    items: options.items,
    engine: await describeEngine(run),
    rows: rowsOf(measured, seconds, peak.rss),
    notes: [
      `${options.users} users, each with a token of its own, who wait 0.5 to 1.5 s between requests. No request is repeated.`,
      'Lists have 100 items, views hand out the signed URL, polls answer at once. The users share the cores with the server.',
      `Memory: ${peak.how}.`,
    ],
    problems: [
      ...problemsOf('register', job, { done: options.items, skipped: 0, renewed: 0 }),
      ...measured.failures.slice(0, shownFailures),
      ...(measured.failures.length > 0 ? [`${measured.failures.length} requests failed.`] : []),
    ],
    details: { seconds, peak, failures: measured.failures.length },
  };
}

async function signIn({ client }: ServerUnderTest, users: number): Promise<string[]> {
  const tokens: string[] = [];
  for (let user = 0; user < users; user += 1) tokens.push(await client.getBearerToken());
  return tokens;
}

function rowsOf({ times }: LoadTimes, seconds: number, rss: number | null): ReportRow[] {
  const count = activities.reduce((sum, activity) => sum + times[activity].length, 0);
  const rows = activities.flatMap((activity): ReportRow[] => {
    const percentiles = percentilesOf(times[activity]);
    return (['p50', 'p95', 'p99', 'max'] as const).map((rank) => ({
      what: `${activity} ${rank}`,
      measured: percentiles[rank],
      unit: 'ms',
    }));
  });
  return [
    { what: 'requests', measured: count / seconds, unit: '/s' },
    ...rows,
    { what: 'time to register', measured: seconds, unit: 's' },
    { what: 'peak memory', measured: megabytes(rss), unit: 'MB' },
  ];
}

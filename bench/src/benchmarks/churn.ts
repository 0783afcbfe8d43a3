import { join } from 'node:path';
import { createWebhook } from '@latchkey/contract/routes/webhooks';
import { createTransport } from '@latchkey/sdk/transport';
import { medianOf } from '../measure/percentiles.js';
import { megabytes } from '../measure/phase.js';
import { readProcessMemory } from '../measure/process-memory.js';
import type { Report } from '../measure/report.js';
import { createBenchDatabase, describeEngine } from '../system/bench-database.js';
import type { BenchRun } from '../system/bench-run.js';
import { createIntegration, problemsOfFolder } from '../system/register.js';
import { type ServerProcess, startServerProcess } from '../system/server-process.js';
import { type ServerUnderTest, startServer } from '../system/server-under-test.js';
import { movedItems, runHour } from './churn-hour.js';

/** The last third may have so much more than the second one: the first warms up. */
const growthBar = 1.1;

/** The hours of a day, one after the other without the waits: what is done again and again must not take more memory. */
export async function runChurn(run: BenchRun): Promise<Report> {
  const { options, cleanup, directory, note } = run;
  const database = await createBenchDatabase(run);
  const receiver = await startServerProcess(new URL('./webhook-sink.js', import.meta.url));
  cleanup.defer(() => receiver.stop());
  const server = await startServer(cleanup, {
    dataDirectory: join(directory, 'data'),
    databaseUrl: database.url,
    environment: { LATCHKEY_EGRESS_ALLOW: '127.0.0.0/8' },
  });
  await tellReceiver(server, receiver);
  const kept = await server.client.createStorageFolder('Kept');
  const place = { server, integration: await createIntegration(server.client), kept };
  const problems: string[] = [];
  const memory: number[] = [];
  const begin = performance.now();
  for (let hour = 0; hour < options.rounds; hour += 1) {
    problems.push(...(await runHour(run, place, hour)));
    memory.push((await readProcessMemory(server.pid)).rss ?? Number.NaN);
    note(`Hour ${hour + 1} of ${options.rounds}: ${Math.round(megabytes(memory[hour] ?? 0) ?? 0)} MB`);
  }
  const seconds = (performance.now() - begin) / 1000;
  problems.push(...(await problemsOfFolder(kept, options.rounds * movedItems)));
  await server.stop();
  const [middle, last] = [thirdOf(memory, 1), thirdOf(memory, 2)];
  return {
    benchmark: 'churn',
    items: options.items,
    engine: await describeEngine(run),
    rows: [
      { what: 'hours', measured: options.rounds, unit: '' },
      { what: 'memory, second third', measured: megabytes(middle), unit: 'MB' },
      {
        what: 'memory, last third',
        measured: megabytes(last),
        floor: megabytes(middle),
        ratio: last / middle,
        unit: 'MB',
        bar: { of: 'ratio', atMost: growthBar },
      },
      { what: 'largest', measured: megabytes(Math.max(...memory)), unit: 'MB' },
      { what: 'time', measured: seconds, unit: 's' },
    ],
    notes: [
      'An hour: N units are registered, renewed, listed to the end, some moved, some deleted, people sign in, a webhook is told of both jobs, the folder is deleted.',
      'Memory: resident, of the server, after each hour; medians of the thirds.',
    ],
    problems,
    details: { memory, seconds },
  };
}

async function tellReceiver({ client, url }: ServerUnderTest, receiver: ServerProcess): Promise<void> {
  const token = await client.getBearerToken();
  const authenticate = async () => ({ authorization: `Bearer ${token}` });
  const body = { url: `${receiver.url}/`, events: ['uploadJob.finished' as const] };
  await createTransport({ baseUrl: url, authenticate }).call(createWebhook, { body });
}

function thirdOf(values: readonly number[], third: number): number {
  const length = Math.max(1, Math.floor(values.length / 3));
  return medianOf(values.slice(third * length, third === 2 ? values.length : (third + 1) * length));
}

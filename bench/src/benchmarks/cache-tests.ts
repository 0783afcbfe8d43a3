import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freePort } from '@latchkey/testkit/free-port';
import { spawnLatchkey } from '@latchkey/testkit/spawn-latchkey';
import { type BucketAdapter, startBucketAdapter } from '../cache-tests/bucket-adapter.js';
import { ask, pairsOf, toFetchAnswer } from '../cache-tests/exchange.js';
import { count, judge, type Outcomes, testClasses, testsOf } from '../cache-tests/score.js';
import {
  type FetchInit,
  fetchSuite,
  loadSuite,
  type SuiteResult,
  type SuiteTest,
  startSuiteServer,
  unpackSuite,
} from '../cache-tests/suite.js';
import { hasNginx, startNginxCache } from '../floor/nginx.js';
import type { Report, ReportRow } from '../measure/report.js';
import type { BenchRun } from '../system/bench-run.js';

/** How the suite gets what stands at `/test/` through a cache. */
type Through = (target: string, init: FetchInit) => ReturnType<BucketAdapter['fetch']>;

interface Scored {
  readonly name: string;
  readonly outcomes: Outcomes;
  readonly results: Readonly<Record<string, SuiteResult>>;
}

/** The tests of HTTP caches by M. Nottingham, through nginx's proxy_cache and through the gateway with either kind of `ttl`. */
export async function runCacheTests(run: BenchRun): Promise<Report> {
  if (!(await hasNginx())) {
    throw new Error('nginx is missing, beside which the gateway is scored: apt-get install nginx-light');
  }
  const { directory, cleanup, note } = run;
  const file = await fetchSuite(join(directory, 'package'));
  const first = await unpackSuite(file, join(directory, 'server'));
  const server = await startSuiteServer(first, await freePort());
  cleanup.defer(() => server.stop());
  const tests = testsOf((await loadSuite(first)).groups);
  const caches: [string, Through][] = [
    ['nginx', await throughNginx(run, server.url)],
    ['ttl: origin', await throughGateway(run, server.url, 'origin')],
    ['ttl: 1h', await throughGateway(run, server.url, '1h')],
  ];
  const scored: Scored[] = [];
  for (const [index, [name, through]] of caches.entries()) {
    note(`${tests.length} tests: ${name} ...`);
    const suite = await loadSuite(await unpackSuite(file, join(directory, `run-${index}`)));
    const results = await suite.run((url, init = {}) => {
      const target = url.slice(server.url.length);
      return target.startsWith('/test/') ? through(target, init) : direct(url, init);
    }, server.url);
    scored.push({ name, outcomes: judge(tests, results), results });
  }
  return reportOf(tests, scored);
}

async function direct(url: string, init: FetchInit) {
  const answer = await ask(url, init);
  return toFetchAnswer(answer, pairsOf(answer.rawHeaders));
}

async function throughNginx({ directory, cleanup }: BenchRun, suiteUrl: string): Promise<Through> {
  const nginx = await startNginxCache(directory, suiteUrl);
  cleanup.defer(() => nginx.stop());
  return (target, init) => direct(nginx.url + target, init);
}

async function throughGateway(
  { directory, cleanup }: BenchRun,
  suiteUrl: string,
  ttl: string,
): Promise<Through> {
  const adapter = await startBucketAdapter(suiteUrl);
  cleanup.defer(() => adapter.close());
  const key = { env: 'BENCH_KEY' };
  const origin = {
    type: 's3',
    endpoint: adapter.url,
    bucket: 'test',
    accessKeyId: key,
    secretAccessKey: key,
  };
  const name = ttl.replace(/\W/g, '');
  const configFile = join(directory, `gateway-${name}.yaml`);
  const configuration = {
    listen: [{ address: '127.0.0.1:0' }],
    allow: ['127.0.0.1'],
    cache: { directory: join(directory, `cache-${name}`) },
    log: { requests: false },
    sites: [{ hosts: ['127.0.0.1'], origin, ttl }],
  };
  await writeFile(configFile, JSON.stringify(configuration));
  const gateway = await spawnLatchkey({
    command: ['gateway', '--config', configFile],
    environment: { BENCH_KEY: 'none' },
  });
  cleanup.defer(() => gateway.stop());
  return (target, init) => adapter.fetch(gateway.url, target, init);
}

function reportOf(tests: readonly SuiteTest[], [nginx, ...gateways]: readonly Scored[]): Report {
  if (nginx === undefined) throw new Error('Nothing was scored.');
  return {
    benchmark: 'cache-tests',
    items: tests.length,
    engine: 'no database',
    rows: gateways.flatMap((gateway) => rowsOf(tests, gateway, nginx)),
    notes: [
      'http-cache-tests 0.4.5. Floor: nginx proxy_cache with proxy_cache_revalidate. A test whose set-up failed, or that builds on one that failed, counts as neither passed nor failed.',
      ...[nginx, ...gateways].map((one) => countsOf(tests, one)),
      ...gateways.map((gateway) => differencesOf(tests, gateway, nginx)),
    ],
    problems: [],
    details: [nginx, ...gateways].map(({ name, outcomes, results }) => ({
      name,
      tests: tests.map(({ id }) => ({ id, outcome: outcomes.get(id), result: results[id] })),
    })),
  };
}

function rowsOf(tests: readonly SuiteTest[], gateway: Scored, nginx: Scored): ReportRow[] {
  return testClasses.map((of) => {
    const measured = count(tests, gateway.outcomes, of).passed;
    const floor = count(tests, nginx.outcomes, of).passed;
    return { what: `${of}, ${gateway.name}`, measured, unit: 'passed', floor, ratio: measured / floor };
  });
}

function countsOf(tests: readonly SuiteTest[], { name, outcomes }: Scored): string {
  const counts = testClasses.map((of) => {
    const { passed, failed, none } = count(tests, outcomes, of);
    return `${of} ${passed} passed, ${failed} failed, ${none} neither`;
  });
  return `${name}: ${counts.join('; ')}.`;
}

function differencesOf(tests: readonly SuiteTest[], gateway: Scored, nginx: Scored): string {
  const lost = tests.filter(
    ({ id }) => nginx.outcomes.get(id) === 'passed' && gateway.outcomes.get(id) === 'failed',
  );
  return `Passed by nginx and failed by ${gateway.name}: ${lost.map(({ id }) => id).join(', ') || 'none'}.`;
}

import { execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

/** Of the class `required`, which is also that of tests without a kind, `optimal` or `check`. */
export interface SuiteTest {
  readonly id: string;
  readonly kind?: 'required' | 'optimal' | 'check';
  readonly depends_on?: readonly string[];
  readonly browser_only?: boolean;
}

/** True, or the kind of failure and what it says. */
export type SuiteResult = true | readonly [kind: string, message: string];

export interface SuiteGroup {
  readonly id: string;
  readonly tests: readonly SuiteTest[];
}

export interface Suite {
  readonly groups: readonly SuiteGroup[];
  /** `fetchLike` is called as the suite calls `fetch`. */
  run(fetchLike: FetchLike, base: string): Promise<Readonly<Record<string, SuiteResult>>>;
}

export type FetchLike = (url: string, init?: FetchInit) => Promise<FetchAnswer>;

export interface FetchInit {
  readonly method?: string;
  readonly headers?: readonly (readonly [string, string])[];
  readonly body?: string;
}

export interface FetchAnswer {
  readonly status: number;
  readonly statusText: string;
  readonly headers: Headers;
  text(): Promise<string>;
}

const name = 'http-cache-tests';
const version = '0.4.5';
const integrity =
  'sha512-DjuwN9nUZXLTW+wav1LRESCZNVxl8SshwOy4z1pxuWbWt5/ay6sM9QQ1lebBaDO6P1IMBoK6mdf+PuVP/QNL8A==';
const run = promisify(execFile);

/**
 * The package as a file: installed it brings npm 6 with 400 packages, of which its tests, client and server use none.
 * @returns its path
 */
export async function fetchSuite(directory: string): Promise<string> {
  await mkdir(directory, { recursive: true });
  await run('npm', ['pack', `${name}@${version}`, '--pack-destination', directory], { cwd: directory });
  const file = join(directory, `${name}-${version}.tgz`);
  const found = `sha512-${createHash('sha512')
    .update(await readFile(file))
    .digest('base64')}`;
  if (found !== integrity)
    throw new Error(`The registry sent another ${name} ${version} than the one that is known.`);
  return file;
}

/** Unpacked anew for each run, because its modules keep what they measured. */
export async function unpackSuite(file: string, directory: string): Promise<string> {
  await mkdir(directory, { recursive: true });
  await run('tar', ['-xzf', file, '-C', directory, '--strip-components', '1']);
  return directory;
}

export async function loadSuite(directory: string): Promise<Suite> {
  const load = (path: string) => import(pathToFileURL(join(directory, path)).href);
  const groups: SuiteGroup[] = (await load('tests/index.mjs')).default;
  const { runTests, getResults } = await load('client/runner.mjs');
  return {
    groups,
    run: async (fetchLike, base) => {
      await runTests(groups, fetchLike, false, base);
      return getResults();
    },
  };
}

/** The server that the suite's client programs to answer, in a process of its own. */
export async function startSuiteServer(
  directory: string,
  port: number,
): Promise<{ url: string; stop(): Promise<void> }> {
  const child = spawn(process.execPath, ['server/server.mjs'], {
    cwd: directory,
    env: {
      PATH: process.env['PATH'],
      npm_config_protocol: 'http',
      npm_config_port: String(port),
      npm_config_pidfile: join(directory, 'server.pid'),
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const lines = createInterface({ input: child.stdout });
  await Promise.race([
    once(lines, 'line'),
    exited.then(() => {
      throw new Error('The server of the suite did not start: its messages are above.');
    }),
  ]);
  return {
    url: `http://127.0.0.1:${port}`,
    async stop() {
      child.kill('SIGTERM');
      await exited;
    },
  };
}

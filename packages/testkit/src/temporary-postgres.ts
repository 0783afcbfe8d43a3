import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { chmod, chown, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './free-port.js';

const versionsPath = '/usr/lib/postgresql';
const nobody = 65_534;

/** Debian's directory of PostgreSQL's programs, of the newest version; null where there is none. */
export function postgresPrograms(): string | null {
  if (!existsSync(versionsPath)) return null;
  const versions = readdirSync(versionsPath).sort((a, b) => Number(b) - Number(a));
  const directories = versions.map((version) => join(versionsPath, version, 'bin'));
  return directories.find((directory) => existsSync(join(directory, 'initdb'))) ?? null;
}

export interface TemporaryPostgres {
  readonly url: string;
  /** As after a power cut: connections break, and the server recovers. */
  crash(): Promise<void>;
  start(): Promise<void>;
  /** Removes it, too. */
  stop(): Promise<void>;
}

/** A PostgreSQL with its default settings, durable as in production; null where none is installed. */
export async function startTemporaryPostgres(): Promise<TemporaryPostgres | null> {
  const programs = postgresPrograms();
  if (programs === null) return null;
  const directory = await mkdtemp(join(tmpdir(), 'latchkey-postgres-'));
  const data = join(directory, 'data');
  await mkdir(data);
  await chmod(directory, 0o755);
  if (isRoot()) await Promise.all([directory, data].map((path) => chown(path, nobody, nobody)));
  await run(programs, 'initdb', [
    '-D',
    data,
    '-U',
    'postgres',
    '-A',
    'trust',
    '-E',
    'UTF8',
    '--locale=C.UTF-8',
  ]);
  const port = await freePort();
  const settings = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=${directory}`;
  const control = (...parameters: string[]): Promise<void> =>
    run(programs, 'pg_ctl', ['-D', data, '-w', ...parameters]);
  const start = (): Promise<void> => control('-l', join(directory, 'log'), '-o', settings, 'start');
  const crash = (): Promise<void> => control('-m', 'immediate', 'stop');
  await start();
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    start,
    crash,
    async stop() {
      await crash();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

const isRoot = () => process.getuid?.() === 0;

/** PostgreSQL refuses to run as root. The server that `pg_ctl` starts would keep a pipe open. */
async function run(programs: string, program: string, parameters: readonly string[]): Promise<void> {
  const command = [join(programs, program), ...parameters];
  const [name = program, ...rest] = isRoot()
    ? ['setpriv', `--reuid=${nobody}`, `--regid=${nobody}`, '--clear-groups', ...command]
    : command;
  await new Promise<void>((resolve, reject) => {
    const child = spawn(name, rest, { stdio: 'ignore' });
    child.once('error', reject);
    child.once('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`${program} ended with ${code}.`)),
    );
  });
}

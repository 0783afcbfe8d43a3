import { spawn } from 'node:child_process';
import type { Environment } from '../config/settings.js';
import { BackupError } from './backup-error.js';

export interface PostgresTarget {
  readonly databaseUrl: string;
  /** In which the program is found. */
  readonly environment: Environment;
}

/**
 * Runs a program of PostgreSQL on the database of the URL. The password goes by the environment, for everybody on the
 * machine sees the arguments of a process.
 */
export async function runPostgresProgram(
  program: 'pg_dump' | 'pg_restore' | 'psql',
  { databaseUrl, environment }: PostgresTarget,
  args: readonly string[],
): Promise<string> {
  const url = new URL(databaseUrl);
  const password = decodeURIComponent(url.password);
  url.password = '';
  const child = spawn(program, [`--dbname=${url.href}`, ...args], {
    env: { ...environment, ...(password === '' ? {} : { PGPASSWORD: password }) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let errors = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors = (errors + text).slice(-2000);
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', (cause: NodeJS.ErrnoException) => reject(notStarted(program, cause)));
    child.once('close', resolve);
  });
  if (code === 0) return output;
  throw new BackupError(
    'program_failed',
    `${program} ended with ${code}: ${errors.trim()}`,
    'pg_dump and pg_restore have to be of the version of the server, or newer.',
  );
}

const notStarted = (program: string, cause: NodeJS.ErrnoException) =>
  new BackupError(
    'program_missing',
    `${program} cannot be started (${cause.code}).`,
    "Install PostgreSQL's client programs of the server's version, or newer, where this command runs.",
    { cause },
  );

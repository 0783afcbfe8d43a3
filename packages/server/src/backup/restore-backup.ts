import { cp, mkdir, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { lockDirectory } from '@latchkey/db/engine/directory-lock';
import { readConfig, type ServerConfig } from '../config/environment.js';
import { readKeyLines, writeKeyLines } from '../config/secret-key-file.js';
import type { Environment } from '../config/settings.js';
import { type BackupContent, names, readBackup } from './backup-content.js';
import { BackupError } from './backup-error.js';
import { keyLines } from './create-backup.js';
import { notEmpty } from './not-empty.js';
import { runPostgresProgram } from './postgres-programs.js';

/**
 * Puts a backup where the environment says that a server keeps its data. Everything is checked first: the backup, that
 * the target is empty, and that a key which is there is that of the backup.
 *
 * @throws BackupError; then nothing was changed, unless a program of PostgreSQL failed.
 */
export async function restoreBackup(environment: Environment, directory: string): Promise<BackupContent> {
  const config = readConfig(environment);
  const content = await readBackup(directory);
  requireEngine(config, content);
  await requireEmptyTarget(config, environment);
  await requireKeys(environment, config, content, directory);
  await mkdir(config.dataDir, { recursive: true, mode: 0o700 });
  await restoreKey(environment, config, content, directory);
  await restoreDatabase(config, environment, directory);
  if (content.hasSpool && config.spool.kind === 'directory')
    await cp(join(directory, names.spool), config.spool.directory, { recursive: true });
  return content;
}

function requireEngine({ databaseUrl }: ServerConfig, { engine }: BackupContent): void {
  if ((engine === 'postgres') === (databaseUrl !== null)) return;
  throw new BackupError(
    'engine_differs',
    engine === 'postgres'
      ? 'The backup is one of PostgreSQL, and DATABASE_URL is not set.'
      : 'The backup is one of the embedded database, and DATABASE_URL is set.',
    'Restore it to the engine that it came from.',
  );
}

async function requireEmptyTarget(
  { databaseUrl, dataDir }: ServerConfig,
  environment: Environment,
): Promise<void> {
  if (databaseUrl !== null) {
    const tables = await runPostgresProgram('psql', { databaseUrl, environment }, [
      '--no-psqlrc',
      '--tuples-only',
      '--no-align',
      "--command=SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'",
    ]);
    if (Number(tables.trim()) > 0) throw notEmpty('The database of DATABASE_URL has tables');
    return;
  }
  const database = join(dataDir, 'database');
  if (((await readdir(database).catch(() => null)) ?? []).length > 0)
    throw notEmpty(`${database} holds files`);
}

/** A server that starts with another key than that of its database refuses to; it is better told here. */
async function requireKeys(
  environment: Environment,
  config: ServerConfig,
  { hasKey }: BackupContent,
  directory: string,
): Promise<void> {
  const { dataDir } = config;
  const isThere =
    Boolean(environment['LATCHKEY_SECRET_KEY']?.trim()) || (await exists(join(dataDir, names.key)));
  if (!isThere && hasKey) return;
  if (!isThere)
    throw new BackupError(
      'key_differs',
      'The backup was made without the key, and none is there.',
      `Set LATCHKEY_SECRET_KEY, or put the key into ${join(dataDir, names.key)}.`,
    );
  if (!hasKey) return;
  const present = keyLines(environment, config);
  if (readKeyLines(join(directory, names.key)).every((key) => present.includes(key))) return;
  throw new BackupError(
    'key_differs',
    'The keys that are there (LATCHKEY_SECRET_KEY with LATCHKEY_PREVIOUS_SECRET_KEYS, or secret.key in the data directory) are not those of the backup.',
    'Remove them, and the keys of the backup are put in their place; or add those of secret.key of the backup.',
  );
}

async function restoreKey(
  environment: Environment,
  { dataDir }: ServerConfig,
  { hasKey }: BackupContent,
  directory: string,
): Promise<void> {
  const path = join(dataDir, names.key);
  if (!hasKey || environment['LATCHKEY_SECRET_KEY']?.trim() || (await exists(path))) return;
  writeKeyLines(path, readKeyLines(join(directory, names.key)));
}

async function restoreDatabase(
  { databaseUrl, dataDir }: ServerConfig,
  environment: Environment,
  directory: string,
): Promise<void> {
  if (databaseUrl !== null) {
    await runPostgresProgram('pg_restore', { databaseUrl, environment }, [
      '--no-owner',
      '--no-privileges',
      '--single-transaction',
      '--exit-on-error',
      join(directory, names.dump),
    ]);
    return;
  }
  const database = join(dataDir, 'database');
  const lock = await lockDirectory(database);
  try {
    await cp(join(directory, names.directory), database, { recursive: true });
  } finally {
    await lock.release();
  }
}

const exists = async (path: string): Promise<boolean> => (await stat(path).catch(() => null)) !== null;

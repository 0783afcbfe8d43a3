import { cp, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { lockDirectory } from '@latchkey/db/engine/directory-lock';
import { readConfig, type ServerConfig } from '../config/environment.js';
import { writeKeyLines } from '../config/secret-key-file.js';
import { readSecretKeys } from '../config/secret-keys.js';
import type { Environment } from '../config/settings.js';
import { version } from '../version.js';
import { type BackupContent, digestFiles, names } from './backup-content.js';
import { BackupError } from './backup-error.js';
import { findEmbeddedDatabase } from './embedded-database.js';
import { runPostgresProgram } from './postgres-programs.js';

export interface CreateBackupOptions {
  /** As for the server whose data it is. */
  readonly environment: Environment;
  /** New; it appears when the backup is complete. */
  readonly directory: string;
  /** Without it the signatures of the backup can't be read, so it is to be kept elsewhere. */
  readonly withKey: boolean;
}

/**
 * Writes database, key and waiting manifests to a new directory. PostgreSQL may be in use meanwhile; the embedded
 * database may not.
 *
 * @throws BackupError; DatabaseError `directory_in_use` while a server has the embedded database.
 */
export async function createBackup(options: CreateBackupOptions): Promise<BackupContent> {
  const { environment, directory, withKey } = options;
  const config = readConfig(environment);
  await requireAbsent(directory);
  const partial = `${directory}.partial`;
  await rm(partial, { recursive: true, force: true });
  await mkdir(partial, { recursive: true, mode: 0o700 });
  try {
    const keysBefore = withKey ? keyLines(environment, config) : [];
    // Manifests before and after the database: what a job of the database needs is there whenever it was written.
    await copySpool(config, partial);
    await saveDatabase(config, environment, partial);
    const hasSpool = await copySpool(config, partial);
    // A key may have been replaced, or dropped, while the database was saved: both are needed.
    if (withKey)
      writeKeyLines(join(partial, names.key), [
        ...new Set([...keyLines(environment, config), ...keysBefore]),
      ]);
    const content: BackupContent = {
      format: 1,
      createdAt: new Date().toISOString(),
      latchkeyVersion: version,
      engine: config.databaseUrl === null ? 'pglite' : 'postgres',
      hasKey: withKey,
      hasSpool,
      files: await digestFiles(partial),
    };
    await writeFile(join(partial, names.content), `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
    await rename(partial, directory);
    return content;
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    throw error;
  }
}

/** The newest first, as in the file of the data directory. */
export const keyLines = (environment: Environment, { dataDir }: ServerConfig): string[] =>
  readSecretKeys(environment, dataDir).map((key) => key.export().toString('base64'));

async function requireAbsent(directory: string): Promise<void> {
  const entries = await readdir(directory).catch(() => null);
  if (entries === null || entries.length === 0) return;
  throw new BackupError(
    'backup_exists',
    `${directory} holds files already.`,
    'Give a directory that is not there: each backup has its own.',
  );
}

async function saveDatabase(
  { databaseUrl, dataDir }: ServerConfig,
  environment: Environment,
  partial: string,
): Promise<void> {
  if (databaseUrl !== null) {
    const file = join(partial, names.dump);
    await runPostgresProgram('pg_dump', { databaseUrl, environment }, [
      '--format=custom',
      '--no-owner',
      '--no-privileges',
      `--file=${file}`,
    ]);
    return;
  }
  const database = await findEmbeddedDatabase(dataDir);
  const lock = await lockDirectory(database);
  try {
    await cp(database, join(partial, names.directory), { recursive: true });
  } finally {
    await lock.release();
  }
}

/** A file may vanish while it is copied: its job has ended, and nothing needs it. */
async function copySpool({ spool }: ServerConfig, partial: string): Promise<boolean> {
  if (spool.kind !== 'directory') return false;
  const target = join(partial, names.spool);
  await mkdir(target, { recursive: true, mode: 0o700 });
  const entries = await readdir(spool.directory, { withFileTypes: true }).catch(() => []);
  for (const entry of entries.filter((candidate) => candidate.isFile()))
    await cp(join(spool.directory, entry.name), join(target, entry.name)).catch(ignoreMissing);
  return true;
}

function ignoreMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error;
}

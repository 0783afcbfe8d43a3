import { chmod, mkdir, open, readdir, readFile, realpath, rename, rm, rmdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { DatabaseError } from './errors.js';

/** PostgreSQL's major version in the pinned @electric-sql/pglite; it cannot open another one's directory. */
const ENGINE_MAJOR_VERSION = '18';

/** One path for one directory, whatever links lead to it, so that all who open it meet at one lock. */
export async function resolveDataDirectory(dataDir: string): Promise<string> {
  const absolute = path.resolve(dataDir);
  const stats = await stat(absolute).catch(ignoreMissing);
  if (stats !== undefined) {
    if (!stats.isDirectory()) {
      throw invalid(`${dataDir} is a file. Choose a new or empty directory for the data.`);
    }
    return realpath(absolute);
  }
  await mkdir(path.dirname(absolute), { recursive: true });
  return path.join(await realpath(path.dirname(absolute)), path.basename(absolute));
}

export function notOpened(dataDir: string, reason: string): DatabaseError {
  return invalid(
    `The database in ${dataDir} could not be opened (${reason}). If the disk is full, make room and start again; otherwise its files are damaged: restore the directory from a backup, or choose another one.`,
  );
}

/**
 * Makes sure that `dataDir` holds a complete database. A new one is made beside it and renamed, so that a
 * start that was killed leaves nothing that looks like a database. The caller holds the directory's lock.
 */
export async function prepareDataDirectory(
  dataDir: string,
  initialise: (emptyDir: string) => Promise<void>,
): Promise<void> {
  const version = await readVersion(dataDir);
  if (version === ENGINE_MAJOR_VERSION) return removeEngineLock(dataDir);
  if (version !== undefined) {
    if (!/^\d+$/.test(version)) throw notOpened(dataDir, 'its file PG_VERSION holds no version');
    throw invalid(
      `The database in ${dataDir} was made by PostgreSQL ${version}, this Latchkey embeds PostgreSQL ${ENGINE_MAJOR_VERSION}. Start the Latchkey version that made it, or choose another data directory.`,
    );
  }
  await requireEmpty(dataDir);
  const unfinished = `${dataDir}.initializing`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { mode: 0o700 });
  await initialise(unfinished);
  await syncTree(unfinished);
  await rmdir(dataDir).catch(ignoreMissing);
  await rename(unfinished, dataDir);
  await chmod(dataDir, 0o700);
  await sync(path.dirname(dataDir));
}

/** A kill can leave the engine's own lock file empty, and it then refuses to start. Ours has shown that nobody is there. */
async function removeEngineLock(dataDir: string): Promise<void> {
  await rm(path.join(dataDir, 'postmaster.pid'), { force: true });
}

async function readVersion(dataDir: string): Promise<string | undefined> {
  const text = await readFile(path.join(dataDir, 'PG_VERSION'), 'utf8').catch(ignoreMissing);
  return text?.trim();
}

async function requireEmpty(dataDir: string): Promise<void> {
  const entries = (await readdir(dataDir).catch(ignoreMissing)) ?? [];
  if (entries.length === 0) return;
  throw invalid(
    `${dataDir} holds files but no database. Choose an empty or new directory for the data, or move these files away.`,
  );
}

async function syncTree(directory: string): Promise<void> {
  for (const entry of await readdir(directory, { withFileTypes: true })) {
    const entryPath = path.join(directory, entry.name);
    if (entry.isDirectory()) await syncTree(entryPath);
    else await sync(entryPath);
  }
  await sync(directory);
}

async function sync(target: string): Promise<void> {
  const handle = await open(target, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function invalid(message: string): DatabaseError {
  return new DatabaseError('directory_invalid', message);
}

function ignoreMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}

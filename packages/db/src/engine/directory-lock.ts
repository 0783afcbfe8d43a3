import { mkdir, open, readFile, stat, unlink, utimes } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { DatabaseError } from './errors.js';
import { isSameProcessAlive, type ProcessIdentity, thisProcess } from './process-identity.js';

export interface DirectoryLock {
  release(): Promise<void>;
}

/** The owner touches its lock file this often. */
const HEARTBEAT_MS = 2_000;
/** A lock of another container, whose process ids mean nothing here, is stale when untouched for this long. */
const HEARTBEAT_LIMIT_MS = 10_000;
/** A lock file this old is stale at once, whatever the difference between two machines' clocks. */
const OLD_MS = 60_000;
/** Between the creation of a lock file and its content there is one write. */
const CONTENT_LIMIT_MS = 2_000;
const POLL_MS = 25;

/**
 * Takes `<directory>.lock`, or rejects with `directory_in_use`. A lock whose process is gone is taken over.
 */
export async function lockDirectory(directory: string): Promise<DirectoryLock> {
  const lockPath = `${path.resolve(directory)}.lock`;
  await mkdir(path.dirname(lockPath), { recursive: true });
  const identity = await thisProcess();
  while (!(await createExclusively(lockPath, identity))) {
    const owner = await readOwner(lockPath);
    if (owner !== undefined && (await isHeld(lockPath, owner))) throw inUse(directory, lockPath, owner);
    await removeStale(lockPath, identity);
  }
  return heartbeat(lockPath);
}

function heartbeat(lockPath: string): DirectoryLock {
  const timer = setInterval(() => {
    const now = new Date();
    utimes(lockPath, now, now).catch(() => undefined);
  }, HEARTBEAT_MS);
  timer.unref();
  return {
    async release() {
      clearInterval(timer);
      await unlink(lockPath).catch(ignoreMissing);
    },
  };
}

async function createExclusively(file: string, identity: ProcessIdentity): Promise<boolean> {
  try {
    const handle = await open(file, 'wx', 0o600);
    try {
      await handle.writeFile(JSON.stringify(identity));
      await handle.sync();
    } finally {
      await handle.close();
    }
    return true;
  } catch (error) {
    if (isErrno(error, 'EEXIST')) return false;
    throw error;
  }
}

/** Answers undefined for a file that is gone or whose creator died before it wrote its content. */
async function readOwner(file: string): Promise<ProcessIdentity | undefined> {
  for (let waited = 0; waited < CONTENT_LIMIT_MS; waited += POLL_MS) {
    const text = await readFile(file, 'utf8').catch(ignoreMissing);
    if (text === undefined) return undefined;
    const owner = parseOwner(text);
    if (owner !== undefined) return owner;
    await delay(POLL_MS);
  }
  return undefined;
}

function parseOwner(text: string): ProcessIdentity | undefined {
  try {
    const owner = JSON.parse(text) as Partial<ProcessIdentity>;
    const { pid, started, namespace } = owner;
    if (typeof pid !== 'number' || typeof started !== 'string' || typeof namespace !== 'string')
      return undefined;
    return { pid, started, namespace };
  } catch {
    return undefined;
  }
}

async function isHeld(lockPath: string, owner: ProcessIdentity): Promise<boolean> {
  const alive = await isSameProcessAlive(owner);
  return alive === 'unknown' ? hasHeartbeat(lockPath) : alive === 'yes';
}

async function hasHeartbeat(lockPath: string): Promise<boolean> {
  const first = await touchedAt(lockPath);
  if (Date.now() - first > OLD_MS) return false;
  for (let waited = 0; waited < HEARTBEAT_LIMIT_MS; waited += POLL_MS) {
    await delay(POLL_MS);
    const touched = await touchedAt(lockPath);
    if (touched !== first) return touched !== GONE;
  }
  return false;
}

const GONE = Number.NEGATIVE_INFINITY;

async function touchedAt(file: string): Promise<number> {
  const stats = await stat(file).catch(ignoreMissing);
  return stats?.mtimeMs ?? GONE;
}

/**
 * Removes a stale lock while holding a second lock, so that of two processes that found the same stale lock
 * neither removes the new lock of the other.
 */
async function removeStale(lockPath: string, identity: ProcessIdentity): Promise<void> {
  const guard = `${lockPath}.takeover`;
  if (!(await createExclusively(guard, identity))) {
    const other = await readOwner(guard);
    if (other === undefined || !(await isHeld(guard, other))) await unlink(guard).catch(ignoreMissing);
    else await delay(POLL_MS);
    return;
  }
  try {
    const owner = await readOwner(lockPath);
    if (owner === undefined || !(await isHeld(lockPath, owner))) await unlink(lockPath).catch(ignoreMissing);
  } finally {
    await unlink(guard).catch(ignoreMissing);
  }
}

function inUse(directory: string, lockPath: string, owner: ProcessIdentity): DatabaseError {
  return new DatabaseError(
    'directory_in_use',
    `The database in ${directory} is in use by process ${owner.pid}. Stop that process, or give this one another data directory; to run several, set DATABASE_URL to a PostgreSQL server. If process ${owner.pid} is not Latchkey, delete ${lockPath}.`,
  );
}

function isErrno(error: unknown, code: string): boolean {
  return error instanceof Error && Reflect.get(error, 'code') === code;
}

function ignoreMissing(error: unknown): undefined {
  if (!isErrno(error, 'ENOENT')) throw error;
}

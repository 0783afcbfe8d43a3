import { execFile } from 'node:child_process';
import { readFile, readlink } from 'node:fs/promises';
import { promisify } from 'node:util';

/** Names one process so that another process with the same pid, later or elsewhere, is not taken for it. */
export interface ProcessIdentity {
  readonly pid: number;
  /** When it started; opaque. Empty where the platform does not tell. */
  readonly started: string;
  /** Where its pid is valid: a boot of a machine and a pid namespace (container). Empty where unknown. */
  readonly namespace: string;
}

const run = promisify(execFile);

export async function thisProcess(): Promise<ProcessIdentity> {
  const { pid } = process;
  return { pid, started: await startTime(pid), namespace: await pidNamespace() };
}

/** `unknown` when the process lives, or lived, where this one cannot look: in another container or boot. */
export async function isSameProcessAlive(identity: ProcessIdentity): Promise<'yes' | 'no' | 'unknown'> {
  if (identity.namespace !== (await pidNamespace())) return 'unknown';
  if (!exists(identity.pid)) return 'no';
  return (await startTime(identity.pid)) === identity.started ? 'yes' : 'no';
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it exists and belongs to another user.
    return error instanceof Error && Reflect.get(error, 'code') === 'EPERM';
  }
}

async function startTime(pid: number): Promise<string> {
  if (process.platform === 'linux') return linuxStartTime(pid);
  if (process.platform === 'win32') return '';
  const { stdout } = await run('ps', ['-o', 'lstart=', '-p', String(pid)]).catch(() => ({ stdout: '' }));
  return stdout.trim();
}

/**
 * Field 22 of /proc/<pid>/stat, clock ticks since boot; the second field may hold spaces and parentheses.
 * A zombie (field 3) has ended and only waits for its parent.
 */
async function linuxStartTime(pid: number): Promise<string> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  const [state, ...fields] = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return state === 'Z' || state === 'X' ? '' : (fields[18] ?? '');
}

async function pidNamespace(): Promise<string> {
  if (process.platform !== 'linux') return '';
  const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => '');
  const namespace = await readlink('/proc/self/ns/pid').catch(() => '');
  return `${boot.trim()} ${namespace}`;
}

import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

/** Bytes that a process has in memory; null where the system does not tell. */
export interface ProcessMemory {
  readonly rss: number | null;
  /** Shared pages counted in equal parts to those who share them. */
  readonly pss: number | null;
  /** The most that `rss` has been since the process began or the peak was reset. */
  readonly peakRss: number | null;
}

const run = promisify(execFile);
const nothing: ProcessMemory = { rss: null, pss: null, peakRss: null };
export const hasProc = existsSync('/proc/self/status');

export async function readProcessMemory(pid: number): Promise<ProcessMemory> {
  if (!hasProc) return { ...nothing, rss: await rssByPs(pid) };
  const [status, rollup] = await Promise.all([readProc(pid, 'status'), readProc(pid, 'smaps_rollup')]);
  return {
    rss: kilobytes(status, 'VmRSS'),
    pss: kilobytes(rollup, 'Pss'),
    peakRss: kilobytes(status, 'VmHWM'),
  };
}

/** The process and all below it. Without `/proc` the process alone. */
export async function processTree(pid: number): Promise<number[]> {
  const tree = [pid];
  if (!hasProc) return tree;
  for (const parent of tree) {
    const threads = await readdir(`/proc/${parent}/task`).catch(() => []);
    const children = await Promise.all(threads.map((thread) => readProc(parent, `task/${thread}/children`)));
    tree.push(...children.flatMap((text) => text.split(' ').filter(Boolean).map(Number)));
  }
  return tree;
}

const readProc = (pid: number, file: string): Promise<string> =>
  readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => '');

function kilobytes(text: string, field: string): number | null {
  const value = new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(text)?.[1];
  return value === undefined ? null : Number(value) * 1024;
}

/** macOS and BSD. Windows has no `ps`. */
async function rssByPs(pid: number): Promise<number | null> {
  const { stdout } = await run('ps', ['-o', 'rss=', '-p', String(pid)]).catch(() => ({ stdout: '' }));
  const kilobytesUsed = Number.parseInt(stdout, 10);
  return Number.isNaN(kilobytesUsed) ? null : kilobytesUsed * 1024;
}

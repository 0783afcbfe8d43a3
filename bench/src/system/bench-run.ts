import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Options } from '../options.js';
import type { Workload } from '../workload/units.js';
import { Cleanup } from './cleanup.js';

/** One run of one benchmark. */
export interface BenchRun {
  readonly options: Options;
  /** Emptied at the end. */
  readonly directory: string;
  readonly cleanup: Cleanup;
  /** The images of the run, signed for the first time. */
  readonly workload: Workload;
  /** For the person who waits. */
  readonly note: (line: string) => void;
}

const hourMs = 60 * 60 * 1000;

export async function createBenchRun(options: Options, note: (line: string) => void): Promise<BenchRun> {
  const directory = await mkdtemp(join(tmpdir(), 'latchkey-bench-'));
  const cleanup = new Cleanup();
  cleanup.defer(() => rm(directory, { recursive: true, force: true }));
  return { options, directory, cleanup, workload: workloadOf(options), note };
}

/** Signed at the full hour, for a week: two runs within the hour have the same workload. */
export function workloadOf({ items, seed }: Options): Workload {
  const signedAt = new Date(Math.floor(Date.now() / hourMs) * hourMs);
  return { items, seed, kind: 'images', signedAt, generation: 0 };
}

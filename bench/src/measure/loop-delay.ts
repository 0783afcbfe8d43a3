import type { ChildProcess } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

/** Milliseconds. */
export interface LoopDelay {
  readonly count: number;
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
  readonly max: number;
}

const answerWithinMs = 60_000;
const lookEveryMs = 20;

/** How to start the server with the monitor inside. */
export const loopMonitorOf = (file: string) => ({
  nodeArguments: ['--import', fileURLToPath(new URL('./loop-monitor.js', import.meta.url))],
  environment: { LATCHKEY_BENCH_LOOP_FILE: file },
});

/** The delay since the last call, from the monitor inside the server. */
export async function takeLoopDelay(server: ChildProcess, file: string): Promise<LoopDelay> {
  await rm(file, { force: true });
  server.kill('SIGUSR2');
  const deadline = performance.now() + answerWithinMs;
  while (performance.now() < deadline) {
    const text = await readFile(file, 'utf8').catch(() => null);
    if (text !== null) return JSON.parse(text) as LoopDelay;
    await pause(lookEveryMs);
  }
  throw new Error('The monitor in the server did not answer for a minute.');
}

import type { HealthProbe, ProbeResult } from './health-probe.js';
import type { MemoryPeak, MemoryWatch } from './memory-watch.js';

export interface PhaseMeasures {
  readonly memory: MemoryPeak;
  readonly health: ProbeResult;
}

/** Does the work, and tells what the server's memory and its answers to others were meanwhile. */
export async function measurePhase<T>(
  memory: MemoryWatch,
  probe: HealthProbe,
  work: () => Promise<T>,
): Promise<T & PhaseMeasures> {
  await memory.beginPhase();
  await probe.take();
  const result = await work();
  return { ...result, memory: await memory.peak(), health: await probe.take() };
}

/** What is set for the machine of the design: see docs/performance.md. */
export const bars = {
  registrationRatio: { postgres: 0.65, pglite: 0.55 },
  memoryMegabytes: { postgres: 350, pglite: 700 },
  againRatio: 0.5,
  pageMs: 20,
  eventLoopMs: 50,
  receiveMegabytesPerSecond: 200,
} as const;

export const megabytes = (bytes: number | null): number | null => (bytes === null ? null : bytes / 1e6);

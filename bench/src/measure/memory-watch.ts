import { writeFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { hasProc, processTree, readProcessMemory } from './process-memory.js';

/** Bytes; null where the system does not tell. */
export interface MemoryPeak {
  /** Of the process and its children, each at its own peak. */
  readonly rss: number | null;
  /** The largest of the samples, summed over process and children. */
  readonly pss: number | null;
  readonly how: string;
}

const samplePauseMs = 500;
const kernelPeak = 'VmHWM, reset at the start of each phase, and a sample of PSS every 500 ms';
const kernelPeakOfLife =
  'VmHWM since the process began (it could not be reset), and a sample of PSS every 500 ms';
const sampled = 'samples of `ps` every 500 ms; there is no /proc here';

/** Follows the memory of a process and its children, phase by phase. */
export class MemoryWatch {
  readonly #pid: number;
  readonly #peakOfProcess = new Map<number, number>();
  #peakPss = 0;
  #isReset = false;
  readonly #stopped = new AbortController();
  readonly #sampling: Promise<void>;

  constructor(pid: number) {
    this.#pid = pid;
    this.#sampling = this.#sampleUntilStopped();
  }

  /** Forgets what was before. */
  async beginPhase(): Promise<void> {
    const reset = (pid: number) => writeFile(`/proc/${pid}/clear_refs`, '5');
    this.#isReset = await Promise.all((await processTree(this.#pid)).map(reset)).then(
      () => true,
      () => false,
    );
    this.#peakOfProcess.clear();
    this.#peakPss = 0;
  }

  /** The peak since the last `beginPhase`, or since the process began. */
  async peak(): Promise<MemoryPeak> {
    await this.#sample();
    const peaks = [...this.#peakOfProcess.values()];
    return {
      rss: peaks.length > 0 ? peaks.reduce((sum, peak) => sum + peak, 0) : null,
      pss: this.#peakPss || null,
      how: hasProc ? (this.#isReset ? kernelPeak : kernelPeakOfLife) : sampled,
    };
  }

  stop(): Promise<void> {
    this.#stopped.abort();
    return this.#sampling;
  }

  async #sampleUntilStopped(): Promise<void> {
    const { signal } = this.#stopped;
    while (!signal.aborted) {
      await this.#sample();
      await pause(samplePauseMs, undefined, { signal }).catch(() => undefined);
    }
  }

  async #sample(): Promise<void> {
    const pids = await processTree(this.#pid);
    const all = await Promise.all(pids.map(readProcessMemory));
    for (const [index, { rss, peakRss }] of all.entries()) {
      const pid = pids[index] ?? this.#pid;
      const peak = Math.max(this.#peakOfProcess.get(pid) ?? 0, peakRss ?? rss ?? 0);
      if (peak > 0) this.#peakOfProcess.set(pid, peak);
    }
    const pss = all.reduce((sum, memory) => sum + (memory.pss ?? 0), 0);
    this.#peakPss = Math.max(this.#peakPss, pss);
  }
}

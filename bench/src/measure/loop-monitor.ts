// Loaded into the server by `node --import`: measures the delay of its event loop and writes the figures to the file
// that LATCHKEY_BENCH_LOOP_FILE names, at each SIGUSR2 (and begins anew).
import { renameSync, writeFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { isMainThread } from 'node:worker_threads';
import type { LoopDelay } from './loop-delay.js';

const file = process.env['LATCHKEY_BENCH_LOOP_FILE'];
const resolutionMs = 10;

// Threads of the server load this module as well; theirs are other loops.
if (file && isMainThread) {
  const histogram = monitorEventLoopDelay({ resolution: resolutionMs });
  // The histogram holds the time between two timers: what is more than their interval is the delay.
  const delayMs = (nanoseconds: number) => Math.max(0, nanoseconds / 1e6 - resolutionMs);
  const write = (): void => {
    const delay: LoopDelay = {
      count: histogram.count,
      p50: delayMs(histogram.percentile(50)),
      p90: delayMs(histogram.percentile(90)),
      p99: delayMs(histogram.percentile(99)),
      max: delayMs(histogram.max),
    };
    writeFileSync(`${file}.new`, JSON.stringify(delay));
    renameSync(`${file}.new`, file);
    histogram.reset();
  };
  histogram.enable();
  process.on('SIGUSR2', write);
}

import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { type Percentiles, percentilesOf } from './percentiles.js';

export interface ProbeResult {
  /** Milliseconds from the request to the end of the answer. */
  readonly latency: Percentiles;
  readonly failures: number;
}

/** What the thread answers to each message. */
export interface ProbeSamples {
  readonly latencies: readonly number[];
  readonly failures: number;
}

export interface ProbeSettings {
  readonly url: string;
  readonly intervalMs: number;
}

/** Asks the server every 50 ms whether it lives, from a thread of its own, whether or not it answered before. */
export class HealthProbe {
  readonly #thread: Worker;

  constructor(baseUrl: string) {
    const workerData: ProbeSettings = { url: `${baseUrl}/health/live`, intervalMs: 50 };
    this.#thread = new Worker(new URL('./health-probe-thread.js', import.meta.url), { workerData });
  }

  /** What was measured since the last call, requests under way included. */
  async take(): Promise<ProbeResult> {
    const answer = once(this.#thread, 'message') as Promise<[ProbeSamples]>;
    this.#thread.postMessage('take');
    const [{ latencies, failures }] = await answer;
    return { latency: percentilesOf(latencies), failures };
  }

  async stop(): Promise<void> {
    await this.#thread.terminate();
  }
}

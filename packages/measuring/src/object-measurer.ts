import { availableParallelism } from 'node:os';
import type { MediaMetadata } from '@latchkey/contract/schemas/media-metadata';
import { startNodeWorker } from '@latchkey/probe/pool/node-worker';
import { ProbePool } from '@latchkey/probe/pool/probe-pool';
import type { ProbeKind } from '@latchkey/probe/probe-kind';

export interface ObjectMeasurerOptions {
  /** Ranges of addresses (CIDR) beside the public ones that may be connected to. */
  readonly allowedRanges: readonly string[];
  /** Objects at the same time. */
  readonly concurrency: number;
  /** Of one object. */
  readonly maxBytes: number;
  readonly timeoutMs: number;
}

/** What a worker thread is started with. */
export interface MeasureWorkerData {
  readonly allowedRanges: readonly string[];
  readonly maxBytes: number;
  readonly requestsPerHost: number;
}

/** The threads are for parsers that have to be ended; what they wait for is the storage. */
const mostThreads = 4;

/** Measures objects by their URLs in threads, which start with the first one and end with `close`. */
export class ObjectMeasurer {
  readonly #options: ObjectMeasurerOptions;
  #pool: ProbePool<string> | null = null;

  constructor(options: ObjectMeasurerOptions) {
    this.#options = options;
  }

  /** Rejects with `ProbeError`, or the signal's reason. */
  async measure(kind: ProbeKind, url: string, signal: AbortSignal): Promise<MediaMetadata> {
    this.#pool ??= this.#startPool();
    return (await this.#pool.measure(kind, url, { signal })).metadata;
  }

  /** Ends the threads; the next object starts them anew. */
  close(): void {
    this.#pool?.close();
    this.#pool = null;
  }

  #startPool(): ProbePool<string> {
    const { allowedRanges, maxBytes, timeoutMs, concurrency } = this.#options;
    const workers = Math.max(1, Math.min(mostThreads, availableParallelism() - 1, concurrency));
    const perWorker = Math.ceil(concurrency / workers);
    const workerData: MeasureWorkerData = { allowedRanges, maxBytes, requestsPerHost: perWorker };
    return new ProbePool<string>({
      start: () => startNodeWorker(new URL('./measure-worker.js', import.meta.url), { workerData }),
      workers,
      perWorker,
      timeoutMs,
    });
  }
}

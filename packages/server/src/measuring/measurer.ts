import { availableParallelism } from 'node:os';
import type { MediaMetadata } from '@latchkey/contract/schemas/media-metadata';
import { startNodeWorker } from '@latchkey/probe/pool/node-worker';
import { ProbePool } from '@latchkey/probe/pool/probe-pool';
import type { ProbeKind } from '@latchkey/probe/probe-kind';
import type { MeasuringConfig } from '../config/measuring-settings.js';
import { Seats } from './seats.js';

/** What a worker thread is started with. */
export interface MeasureWorkerData {
  readonly allowedRanges: readonly string[];
  readonly maxBytes: number;
  readonly requestsPerHost: number;
}

/** The threads are for parsers that have to be ended; what they wait for is the storage. */
const mostThreads = 4;
/** Of all objects at a time, the share of one part. With two parts, one job has half of them. */
const shareOfPart = 1 / 4;
const idleMs = 60_000;

/** Measures objects in threads, which start with the first one and end when there is none for a while. */
export class Measurer {
  readonly #config: MeasuringConfig;
  readonly #seats = new Seats();
  #pool: ProbePool<string> | null = null;
  #idle: NodeJS.Timeout | undefined;

  constructor(config: MeasuringConfig) {
    this.#config = config;
  }

  /** Of one part, at the same time. */
  get objectsAtOnce(): number {
    return Math.max(1, Math.floor(this.#config.concurrency * shareOfPart));
  }

  isFull(jobId: string): boolean {
    return this.#seats.isFull(jobId);
  }

  /** A seat for a part of the job; null: all are taken. It has to be left. */
  takeSeat(jobId: string): (() => void) | null {
    const leave = this.#seats.take(jobId);
    if (!leave) return null;
    clearTimeout(this.#idle);
    return () => {
      leave();
      if (this.#seats.areFree) this.#idle = setTimeout(() => this.close(), idleMs).unref();
    };
  }

  /** Rejects with `ProbeError`, or the signal's reason. */
  async measure(kind: ProbeKind, url: string, signal: AbortSignal): Promise<MediaMetadata> {
    this.#pool ??= this.#startPool();
    return (await this.#pool.measure(kind, url, { signal })).metadata;
  }

  close(): void {
    clearTimeout(this.#idle);
    this.#pool?.close();
    this.#pool = null;
  }

  #startPool(): ProbePool<string> {
    const { allowedRanges, maxBytes, timeoutMs, concurrency } = this.#config;
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

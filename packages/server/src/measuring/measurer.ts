import type { MediaMetadata } from '@latchkey/contract/schemas/media-metadata';
import { ObjectMeasurer } from '@latchkey/measuring/object-measurer';
import type { ProbeKind } from '@latchkey/probe/probe-kind';
import type { MeasuringConfig } from '../config/measuring-settings.js';
import { Seats } from './seats.js';

/** Of all objects at a time, the share of one part. With two parts, one job has half of them. */
const shareOfPart = 1 / 4;
const idleMs = 60_000;

/** Measures objects in threads, which start with the first one and end when there is none for a while. */
export class Measurer {
  readonly #config: MeasuringConfig;
  readonly #seats = new Seats();
  readonly #objects: ObjectMeasurer;
  #idle: NodeJS.Timeout | undefined;

  constructor(config: MeasuringConfig) {
    this.#config = config;
    this.#objects = new ObjectMeasurer(config);
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
  measure(kind: ProbeKind, url: string, signal: AbortSignal): Promise<MediaMetadata> {
    return this.#objects.measure(kind, url, signal);
  }

  close(): void {
    clearTimeout(this.#idle);
    this.#objects.close();
  }
}

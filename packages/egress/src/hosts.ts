import { EgressError } from './egress-error.js';
import { Gate } from './gate.js';

export interface HostOptions {
  /** Requests to one host at the same time. */
  readonly requestsPerHost: number;
  /** So many requests in a row that a host did not answer end all others for a while. */
  readonly failuresUntilRest: number;
  readonly restMs: number;
}

interface Host {
  readonly gate: Gate;
  running: number;
  failures: number;
  restsUntil: number;
}

/** What is known of each host that is in use, or did not answer lately. */
export class Hosts {
  readonly #options: HostOptions;
  readonly #now: () => number;
  readonly #hosts = new Map<string, Host>();

  constructor(options: HostOptions, now: () => number) {
    this.#options = options;
    this.#now = now;
  }

  /**
   * Runs a request when it is its turn. A host that does not answer is left alone for a while, so that thousands of
   * objects of a dead host fail in the time of a few.
   */
  async run<Result>(host: string, request: () => Promise<Result>, signal: AbortSignal): Promise<Result> {
    const entry = this.#enter(host);
    try {
      return await entry.gate.run(async () => {
        this.#refuseResting(host, entry);
        return await this.#watched(entry, request, signal);
      }, signal);
    } finally {
      entry.running -= 1;
      if (entry.running === 0 && entry.failures === 0) this.#hosts.delete(host);
    }
  }

  #enter(host: string): Host {
    const known = this.#hosts.get(host);
    const entry = known ?? {
      gate: new Gate(this.#options.requestsPerHost),
      running: 0,
      failures: 0,
      restsUntil: 0,
    };
    if (!known) {
      this.#forgetOld();
      this.#hosts.set(host, entry);
    }
    entry.running += 1;
    return entry;
  }

  #refuseResting(host: string, { failures, restsUntil }: Host): void {
    const restMs = restsUntil - this.#now();
    if (restMs <= 0) return;
    throw new EgressError(
      'unreachable',
      `${host} did not answer ${failures} requests in a row; it is tried again in ${Math.ceil(restMs / 1000)} s.`,
    );
  }

  async #watched<Result>(entry: Host, request: () => Promise<Result>, signal: AbortSignal): Promise<Result> {
    try {
      const result = await request();
      entry.failures = 0;
      return result;
    } catch (error) {
      if (!signal.aborted && isSilence(error)) this.#count(entry);
      throw error;
    }
  }

  #count(entry: Host): void {
    const { failuresUntilRest, restMs } = this.#options;
    entry.failures += 1;
    if (entry.failures >= failuresUntilRest) entry.restsUntil = this.#now() + restMs;
  }

  /** A manifest may name a million hosts. */
  #forgetOld(): void {
    if (this.#hosts.size < 1000) return;
    for (const [host, { running, restsUntil }] of this.#hosts)
      if (running === 0 && restsUntil <= this.#now()) this.#hosts.delete(host);
  }
}

const isSilence = (error: unknown): boolean =>
  error instanceof EgressError && (error.code === 'unreachable' || error.code === 'timed_out');

import { addIntegrationOrigins } from '@latchkey/contract/routes/integrations';
import { ProbeError, type ProbeErrorCode } from '@latchkey/probe/probe-error';
import { transport } from '../../../lib/api.js';
import { askSurvey } from './ask-survey.js';
import type { UnreadObject } from './diagnosis-context.js';
import { openManifest } from './manifest-stream.js';
import { type Measure, measureLacking, type PlacedObject } from './measure-objects.js';
import { openMeasurementStore } from './measurement-store.js';
import { startPool } from './start-pool.js';
import type { Survey } from './survey.js';
import { type Verification, verifySample } from './verify-sample.js';

export interface MeasuringFailure {
  readonly placed: PlacedObject;
  readonly error: unknown;
}

/** What is known of one picked manifest, and what goes on with it. */
export interface MeasuringState {
  readonly phase: 'surveying' | 'ready' | 'measuring' | 'verifying';
  readonly survey: Survey | null;
  /** Objects that lacked metadata and have it now. */
  readonly done: number;
  readonly failed: number;
  /** The first ones. */
  readonly failures: readonly MeasuringFailure[];
  /** Of each origin whose storage did not give an object the first one. */
  readonly unread: readonly UnreadObject[];
  /** Of this run, in epoch milliseconds, and how much was done before. */
  readonly startedAt: number;
  readonly doneBefore: number;
  readonly verification: Verification | null;
  /** Why the manifest could not be read, or nothing can be measured. */
  readonly error: unknown;
}

const begin: MeasuringState = {
  phase: 'surveying',
  survey: null,
  done: 0,
  failed: 0,
  failures: [],
  unread: [],
  startedAt: 0,
  doneBefore: 0,
  verification: null,
  error: null,
};

const shownFailures = 100;
const sampleSize = 50;
const originsAtOnce = 200;
const notifyEveryMs = 150;

/** Failures that lie with the storage. */
const storageCodes: ReadonlySet<ProbeErrorCode> = new Set([
  'forbidden',
  'not_found',
  'unreachable',
  'storage_error',
]);

/** Measures one picked manifest, whether it is looked at or not. */
export class Measuring {
  #state = begin;
  #listeners = new Set<() => void>();
  #controller = new AbortController();
  #notifiedAt = 0;
  readonly #file: File;

  constructor(file: File) {
    this.#file = file;
    void this.#survey();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
  readonly getState = (): MeasuringState => this.#state;

  /** Whether there is something to be filled in. */
  get canFill(): boolean {
    return this.#state.done > 0 || (this.#state.survey?.known ?? 0) > 0;
  }

  async measure(integrationUuid: string): Promise<void> {
    const { survey, done } = this.#state;
    if (!survey) return;
    this.#set({ ...begin, survey, phase: 'measuring', startedAt: Date.now(), doneBefore: done });
    const counts = { done: 0, failed: 0 };
    const failures: MeasuringFailure[] = [];
    const unread = new Map<string, UnreadObject>();
    await this.#run(integrationUuid, async (measure, signal) => {
      const store = await openMeasurementStore();
      const events = {
        onMeasured: (count: number) => {
          counts.done += count;
          this.#setSoon({ done: counts.done });
        },
        onFailed: (placed: PlacedObject, error: unknown) => {
          counts.failed += 1;
          if (failures.length < shownFailures) failures.push(failureOf(placed, error));
          const { origin } = placed.object;
          if (isOfStorage(error) && !unread.has(origin)) unread.set(origin, placed.object);
          this.#setSoon({ failed: counts.failed, failures: [...failures], unread: [...unread.values()] });
        },
      };
      try {
        await measureLacking(this.#open(signal), store, measure, events, signal);
      } finally {
        this.#set({ ...counts, failures, unread: [...unread.values()] });
      }
    });
  }

  async verify(integrationUuid: string): Promise<void> {
    this.#set({ phase: 'verifying', verification: null, error: null });
    await this.#run(integrationUuid, async (measure, signal) => {
      this.#set({ verification: await verifySample(this.#open(signal), sampleSize, measure) });
    });
  }

  /** What is measured stays. */
  cancel(): void {
    this.#controller.abort(new DOMException('Cancelled', 'AbortError'));
  }

  async #survey(): Promise<void> {
    const { signal } = this.#controller;
    try {
      const survey = await askSurvey(this.#file, signal);
      this.#set({ phase: 'ready', survey, done: survey.known });
    } catch (error) {
      this.#set({ phase: 'ready', error: signal.aborted ? null : error });
    }
  }

  async #run(
    integrationUuid: string,
    work: (measure: Measure, signal: AbortSignal) => Promise<void>,
  ): Promise<void> {
    this.#controller = new AbortController();
    const { signal } = this.#controller;
    const pool = startPool();
    const measure: Measure = async ({ kind, objectUrl }) =>
      (await pool.measure(kind, objectUrl, { signal })).metadata;
    try {
      await this.#allowOrigins(integrationUuid, signal);
      await work(measure, signal);
    } catch (error) {
      if (!signal.aborted) this.#set({ error });
    } finally {
      pool.close();
      this.#set({ phase: 'ready' });
    }
  }

  /** The workers may connect to what the server knows of the integration. */
  async #allowOrigins(integrationUuid: string, signal: AbortSignal): Promise<void> {
    const origins = this.#state.survey?.origins ?? [];
    for (let from = 0; from < origins.length; from += originsAtOnce) {
      const body = { origins: origins.slice(from, from + originsAtOnce) };
      await transport.call(addIntegrationOrigins, { params: { integrationUuid }, body, signal });
    }
  }

  #open(signal: AbortSignal) {
    const manifest = openManifest(this.#file, signal);
    if (!manifest) throw new Error('This is no manifest by its name.');
    return manifest;
  }

  #set(change: Partial<MeasuringState>): void {
    this.#state = { ...this.#state, ...change };
    this.#notifiedAt = Date.now();
    for (const listener of this.#listeners) listener();
  }

  #setSoon(change: Partial<MeasuringState>): void {
    if (Date.now() - this.#notifiedAt >= notifyEveryMs) this.#set(change);
  }
}

const isOfStorage = (error: unknown): boolean => error instanceof ProbeError && storageCodes.has(error.code);

/** What a failure shows, without the rest of its unit. */
function failureOf(
  { object, unit: { kind, element, line, title } }: PlacedObject,
  error: unknown,
): MeasuringFailure {
  return { placed: { object, unit: { kind, element, line, title } }, error };
}

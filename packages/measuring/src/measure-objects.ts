import { setMaxListeners } from 'node:events';
import type { ErrorCode } from '@latchkey/contract/errors';
import type { MediaMetadata } from '@latchkey/contract/schemas/media-metadata';
import { compareMetadata, type MetadataLie } from '@latchkey/manifest/measure/compare-metadata';
import { type ReadOptions, readObjects } from '@latchkey/manifest/measure/read-objects';
import { Sample } from '@latchkey/manifest/measure/sample';
import { type MeasurableObject, objectKey } from '@latchkey/manifest/measure/unit-objects';
import type { Unit } from '@latchkey/manifest/read/unit';
import { ProbeError } from '@latchkey/probe/probe-error';
import type { ProbeKind } from '@latchkey/probe/probe-kind';
import { measureErrorCodes } from '@latchkey/probe/unit-error-code';
import type { Measurements } from './measurements.js';

/** An object of the manifest, and where it stands. */
export interface PlacedObject {
  readonly unit: Pick<Unit, 'kind' | 'element' | 'line' | 'title'>;
  readonly object: MeasurableObject;
}

/** What measuring came to, of one object that did not go well. */
export type MeasureFinding = PlacedObject &
  (
    | { readonly code: ErrorCode; readonly message: string }
    | { readonly code: 'metadata_differs'; readonly lies: readonly MetadataLie[] }
  );

export interface MeasureTotals {
  /** Objects without metadata that were measured, in this run or one before. */
  measured: number;
  /** Objects without metadata that could not be measured. */
  failed: number;
  /** Objects whose metadata was compared with what they are. */
  verified: number;
  /** Of these, the ones that differ, and the ones that could not be measured. */
  differing: number;
  unverifiable: number;
}

const nothingMeasured = (): MeasureTotals => ({
  measured: 0,
  failed: 0,
  verified: 0,
  differing: 0,
  unverifiable: 0,
});

/** Of the objects with metadata; `sample` is a number of objects, chosen at random. */
export type Verify = 'none' | 'all' | { readonly sample: number };

export interface MeasurePlacedOptions {
  /** Rejects with `ProbeError`, or the signal's reason. */
  readonly measure: (kind: ProbeKind, url: string, signal: AbortSignal) => Promise<MediaMetadata>;
  /** Null: what lacks metadata is left. */
  readonly measurements: Measurements | null;
  readonly verify: Verify;
  readonly concurrency: number;
  readonly signal: AbortSignal;
  readonly onFinding: (finding: MeasureFinding) => void;
  readonly onProgress: (totals: Readonly<MeasureTotals>) => void;
}

export type MeasureOptions = ReadOptions & MeasurePlacedOptions;

/** Measures and verifies the objects of a manifest, part by part. Ends with the reason of the signal. */
export function measureObjects(
  content: AsyncIterable<Uint8Array>,
  options: MeasureOptions,
): Promise<MeasureTotals> {
  return measurePlaced(objectsOfManifest(content, options), options);
}

async function* objectsOfManifest(
  content: AsyncIterable<Uint8Array>,
  options: ReadOptions,
): AsyncGenerator<PlacedObject[]> {
  for await (const { units } of readObjects(content, options))
    yield units.flatMap(({ unit, objects }) => objects.map((object) => ({ unit: placeOf(unit), object })));
}

/** Measures and verifies objects, some at a time. Ends with the reason of the signal. */
export async function measurePlaced(
  batches: AsyncIterable<readonly PlacedObject[]>,
  options: MeasurePlacedOptions,
): Promise<MeasureTotals> {
  const work = new ObjectsWork(options);
  const sample = typeof options.verify === 'object' ? new Sample<PlacedObject>(options.verify.sample) : null;
  for await (const placed of batches) {
    options.signal.throwIfAborted();
    if (sample) for (const each of placed) if (each.object.metadata !== null) sample.offer(each);
    await work.run(placed.filter((each) => isWanted(each.object, options)));
  }
  if (sample) await work.run(sample.values);
  return work.totals;
}

const placeOf = ({ kind, element, line, title }: Unit): PlacedObject['unit'] => ({
  kind,
  element,
  line,
  title,
});

const isWanted = ({ metadata }: MeasurableObject, { measurements, verify }: MeasurePlacedOptions): boolean =>
  metadata === null ? measurements !== null : verify === 'all';

class ObjectsWork {
  readonly totals = nothingMeasured();
  readonly #options: MeasurePlacedOptions;
  /** Follows that of the caller. Each object listens to it, and with more than ten Node.js warns of a leak. */
  readonly #signal: AbortSignal;

  constructor(options: MeasurePlacedOptions) {
    this.#options = options;
    this.#signal = AbortSignal.any([options.signal]);
    setMaxListeners(0, this.#signal);
  }

  /** Some at a time. */
  async run(placed: readonly PlacedObject[]): Promise<void> {
    const left = placed.values();
    const turn = async (): Promise<void> => {
      for (const each of left) {
        this.#options.signal.throwIfAborted();
        if (each.object.metadata === null) await this.#measure(each);
        else await this.#verify(each, each.object.metadata);
        this.#options.onProgress(this.totals);
      }
    };
    const turns = Array.from({ length: Math.min(this.#options.concurrency, placed.length) }, turn);
    for (const end of await Promise.allSettled(turns)) if (end.status === 'rejected') throw end.reason;
  }

  async #measure(placed: PlacedObject): Promise<void> {
    const { measurements } = this.#options;
    const key = objectKey(placed.object);
    if (measurements?.has(key)) {
      this.totals.measured += 1;
      return;
    }
    const measured = await this.#ask(placed);
    if (!measured) this.totals.failed += 1;
    else {
      await measurements?.add(key, measured);
      this.totals.measured += 1;
    }
  }

  async #verify(placed: PlacedObject, claimed: MediaMetadata): Promise<void> {
    const measured = await this.#ask(placed);
    if (!measured) {
      this.totals.unverifiable += 1;
      return;
    }
    this.totals.verified += 1;
    const lies = compareMetadata(claimed, measured);
    if (lies.length === 0) return;
    this.totals.differing += 1;
    this.#options.onFinding({ ...placed, code: 'metadata_differs', lies });
  }

  /** Null: it could not be measured, which is a finding. */
  async #ask(placed: PlacedObject): Promise<MediaMetadata | null> {
    const { measure, onFinding } = this.#options;
    const { kind, objectUrl } = placed.object;
    try {
      return await measure(kind, objectUrl, this.#signal);
    } catch (error) {
      if (!(error instanceof ProbeError)) throw error;
      onFinding({ ...placed, code: measureErrorCodes[error.code], message: error.message });
      return null;
    }
  }
}

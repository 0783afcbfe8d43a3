import type { MediaMetadata } from '@latchkey/contract/schemas/media-metadata';
import { type ReadOptions, readObjects } from '@latchkey/manifest/measure/read-objects';
import { type MeasurableObject, objectKey } from '@latchkey/manifest/measure/unit-objects';
import type { Unit } from '@latchkey/manifest/read/unit';
import type { MeasurementStore } from './measurement-store.js';

/** Measures one object; rejects with the reason where that is not possible. */
export type Measure = (object: MeasurableObject) => Promise<MediaMetadata>;

/** An object of a manifest and where it stands. */
export interface PlacedObject {
  readonly object: MeasurableObject;
  readonly unit: Pick<Unit, 'kind' | 'element' | 'line' | 'title'>;
}

export interface MeasuringEvents {
  /** Objects that are known now, or failed. */
  onMeasured(count: number): void;
  onFailed(placed: PlacedObject, error: unknown): void;
}

/** More would only wait in the pool. */
const inFlight = 64;
/** What is lost when the page is closed meanwhile. */
const batchSize = 50;

/**
 * Measures what a manifest lacks and the store does not know yet, and keeps it there as it comes. Holds one part of the
 * manifest and the objects that are on their way.
 */
export async function measureLacking(
  {
    stream,
    form,
  }: { readonly stream: AsyncIterable<Uint8Array>; readonly form: NonNullable<ReadOptions['form']> },
  store: MeasurementStore,
  measure: Measure,
  events: MeasuringEvents,
  signal: AbortSignal,
): Promise<void> {
  const asked = new Set<string>();
  const running = new Set<Promise<void>>();
  let batch = new Map<string, MediaMetadata>();
  const keep = async (least: number): Promise<void> => {
    if (batch.size < least) return;
    const full = batch;
    batch = new Map();
    await store.add(full);
  };
  const run = async (placed: PlacedObject): Promise<void> => {
    try {
      const metadata = await measure(placed.object);
      batch.set(objectKey(placed.object), metadata);
      await keep(batchSize);
      events.onMeasured(1);
    } catch (error) {
      if (!signal.aborted) events.onFailed(placed, error);
    } finally {
      asked.delete(objectKey(placed.object));
    }
  };
  try {
    for await (const { units } of readObjects(stream, { form })) {
      const placed = units.flatMap(({ unit, objects }) => objects.map((object) => ({ object, unit })));
      const lacking = placed.filter(({ object }) => object.metadata === null);
      const known = await store.find(lacking.map(({ object }) => objectKey(object)));
      for (const each of lacking) {
        signal.throwIfAborted();
        const key = objectKey(each.object);
        // Listed twice, an object is measured once.
        if (known.has(key) || asked.has(key) || batch.has(key)) {
          events.onMeasured(1);
          continue;
        }
        asked.add(key);
        const task = run(each).finally(() => running.delete(task));
        running.add(task);
        if (running.size >= inFlight) await Promise.race(running);
      }
    }
  } finally {
    await Promise.all(running);
    await keep(1);
  }
  signal.throwIfAborted();
}

import type { MediaMetadata } from '@latchkey/contract/schemas/media-metadata';
import { locate } from '@latchkey/locator/locate';
import { measuredKind } from '@latchkey/manifest/measure/measured-kind';
import { objectKey } from '@latchkey/manifest/measure/unit-objects';
import {
  type MeasureFinding,
  type MeasureTotals,
  measurePlaced,
  type PlacedObject,
} from '@latchkey/measuring/measure-objects';
import { measurerOfOwnMachine } from '@latchkey/measuring/own-machine';
import type { ObjectStore } from '@latchkey/object-store/object-store';
import type { MeasurementJournal } from '../measure/measurement-journal.js';
import type { ListedFile, ScanJournal } from './scan-journal.js';

export interface MeasureListedOptions {
  readonly measurements: MeasurementJournal;
  readonly concurrency: number;
  readonly signal: AbortSignal;
  readonly onProgress: (totals: Readonly<MeasureTotals>) => void;
  readonly onFinding: (finding: MeasureFinding) => void;
}

/** The signature that an object is measured by. */
const READ_SECONDS = 3600;
/** Signed shortly before they are read. */
const BATCH = 200;

/** Measures what is listed, by URLs signed for that alone; what the journal of measurements has is not read again. */
export async function measureListed(
  store: ObjectStore,
  listed: ScanJournal,
  options: MeasureListedOptions,
): Promise<MeasureTotals> {
  const { concurrency } = options;
  const measurer = measurerOfOwnMachine(concurrency);
  try {
    return await measurePlaced(placedObjects(store, listed.files()), {
      ...options,
      measure: (kind, url, signal) => measurer.measure(kind, url, signal),
      verify: 'none',
    });
  } finally {
    measurer.close();
  }
}

async function* placedObjects(
  store: ObjectStore,
  files: AsyncIterable<ListedFile>,
): AsyncGenerator<PlacedObject[]> {
  let batch: PlacedObject[] = [];
  let element = 0;
  for await (const file of files) {
    const kind = measuredKind(file.kind);
    if (kind === null) continue;
    const bare = locate(store.objectUrl(file.key));
    if (!bare.ok) continue;
    const canSign = store.maxExpirySeconds !== null;
    const objectUrl = canSign ? await store.presign(file.key, READ_SECONDS) : store.objectUrl(file.key);
    const { identity, origin } = bare.url;
    batch.push({
      unit: { kind: file.kind, element, line: element + 1, title: file.key },
      object: {
        kind,
        objectUrl,
        identity,
        origin,
        expiresAt: null,
        metadata: null,
        member: null,
        field: null,
        isNeeded: true,
      },
    });
    element += 1;
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  yield batch;
}

/** What was measured of these files, by their keys. */
export async function findMeasured(
  store: ObjectStore,
  measurements: MeasurementJournal,
  files: readonly ListedFile[],
): Promise<Map<string, MediaMetadata>> {
  const names = new Map<string, string>();
  for (const file of files) {
    const kind = measuredKind(file.kind);
    const bare = locate(store.objectUrl(file.key));
    if (kind !== null && bare.ok) names.set(objectKey({ kind, identity: bare.url.identity }), file.key);
  }
  const found = await measurements.find([...names.keys()]);
  return new Map([...found].map(([name, metadata]) => [names.get(name) ?? '', metadata]));
}

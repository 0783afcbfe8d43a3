import type { MediaMetadata } from '@latchkey/contract/schemas/media-metadata';

interface StoredMeasurement {
  readonly key: string;
  readonly metadata: MediaMetadata;
  readonly measuredAt: number;
}

/** Measurements that outlive the page, by `objectKey`. */
export interface MeasurementStore {
  find(keys: readonly string[]): Promise<Map<string, MediaMetadata>>;
  add(measurements: ReadonlyMap<string, MediaMetadata>): Promise<void>;
}

/** An object may be overwritten: what was measured longer ago is measured again. */
const maxAgeMs = 7 * 24 * 3600 * 1000;
const storeName = 'measurements';

/** In this browser only: nothing of it is sent but with the manifest that it completes. */
export async function openMeasurementStore(now: () => number = Date.now): Promise<MeasurementStore> {
  const database = await openDatabase();
  await removeBefore(database, now() - maxAgeMs);
  return {
    async find(keys) {
      const objects = database.transaction(storeName, 'readonly').objectStore(storeName);
      const found = await Promise.all(
        keys.map((key) => answerOf(objects.get(key) as IDBRequest<StoredMeasurement | undefined>)),
      );
      return new Map(found.flatMap((each) => (each ? [[each.key, each.metadata] as const] : [])));
    },
    async add(measurements) {
      const transaction = database.transaction(storeName, 'readwrite');
      const objects = transaction.objectStore(storeName);
      for (const [key, metadata] of measurements) objects.put({ key, metadata, measuredAt: now() });
      await completed(transaction);
    },
  };
}

function openDatabase(): Promise<IDBDatabase> {
  const request = indexedDB.open('latchkey-measurements', 1);
  request.onupgradeneeded = () => {
    const objects = request.result.createObjectStore(storeName, { keyPath: 'key' });
    objects.createIndex('measuredAt', 'measuredAt');
  };
  return answerOf(request);
}

async function removeBefore(database: IDBDatabase, time: number): Promise<void> {
  const transaction = database.transaction(storeName, 'readwrite');
  const old = transaction.objectStore(storeName).index('measuredAt').openCursor(IDBKeyRange.upperBound(time));
  old.onsuccess = () => {
    old.result?.delete();
    old.result?.continue();
  };
  await completed(transaction);
}

const answerOf = <Value>(request: IDBRequest<Value>): Promise<Value> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

const completed = (transaction: IDBTransaction): Promise<void> =>
  new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
  });

import type { ListedObject, ObjectStore } from '@latchkey/object-store/object-store';
import type { FileKinds } from './file-kinds.js';
import { countUnknown, type LeftOut, noCounts, type ScanCounts } from './scan-counts.js';
import type { ListedFile, ScanJournal } from './scan-journal.js';

export interface ListOptions {
  readonly kinds: FileKinds;
  readonly isWanted: (key: string) => boolean;
  readonly signal: AbortSignal;
  readonly onProgress: (counts: Readonly<ScanCounts>) => void;
}

/** Lists the store into the journal, from where that ends. */
export async function listFiles(
  store: ObjectStore,
  journal: ScanJournal,
  options: ListOptions,
): Promise<ScanCounts> {
  const counts = structuredClone(journal.mark?.counts ?? noCounts());
  if (journal.isComplete) return counts;
  for await (const page of store.list(store.prefix, journal.mark?.after ?? null, options.signal)) {
    const files = page.objects.flatMap((object) => readObject(object, counts, options));
    await journal.addPage(files, { after: page.after, counts: structuredClone(counts) });
    options.onProgress(counts);
    options.signal.throwIfAborted();
  }
  return counts;
}

function readObject(
  object: ListedObject,
  counts: ScanCounts,
  { kinds, isWanted }: ListOptions,
): ListedFile[] {
  const { key, size } = object;
  counts.listed += 1;
  const kind = kinds.of(key);
  const reason = reasonToLeave(object, isWanted(key), kind !== null);
  if (reason === null && kind !== null) {
    counts.bytes += size;
    counts.kinds[kind] = (counts.kinds[kind] ?? 0) + 1;
    return [{ kind, key }];
  }
  counts.leftOut[reason ?? 'unknown'] += 1;
  if (reason === 'unknown') countUnknown(counts, key);
  return [];
}

function reasonToLeave(
  { key, isArchived }: ListedObject,
  isWanted: boolean,
  isKnown: boolean,
): LeftOut | null {
  // Consoles make an empty object of that name for a folder.
  if (key.endsWith('/')) return 'folder';
  if (!isWanted) return 'filtered';
  if (isArchived) return 'archived';
  return isKnown ? null : 'unknown';
}

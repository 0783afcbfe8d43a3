import type { UnitKind } from '@latchkey/contract/kinds';
import { limits } from '@latchkey/contract/limits';
import type { MediaMetadata } from '@latchkey/contract/schemas/media-metadata';
import type { UnitsByKind, WritableUnit } from '@latchkey/manifest/write/unit-json';
import type { ScanCounts } from './scan-counts.js';
import type { ListedFile, ScanJournal } from './scan-journal.js';

export interface UnitSource {
  readonly journal: ScanJournal;
  readonly counts: ScanCounts;
  /** The URL that the manifest gives an object. */
  readonly urlOf: (key: string) => Promise<string>;
  /** What was measured of these files, as far as there is something. */
  readonly measured: (files: readonly ListedFile[]) => Promise<ReadonlyMap<string, MediaMetadata>>;
  readonly signal: AbortSignal;
}

type Member = NonNullable<WritableUnit['members']>[number];

const BATCH = 500;

/** The units of a manifest, made while they are written. */
export function unitsOf(source: UnitSource): UnitsByKind {
  const kinds = Object.keys(source.counts.kinds) as UnitKind[];
  return Object.fromEntries(
    kinds.map((kind) => [kind, kind === 'dicomSeries' ? seriesOf(source) : filesOf(source, kind)]),
  );
}

async function* filesOf(source: UnitSource, kind: UnitKind): AsyncGenerator<WritableUnit> {
  for await (const batch of inBatches(source.journal.files(kind))) yield* await toMembers(source, batch);
}

/**
 * One element for the DICOM files of a folder: where they are of several series, registration makes an item of each.
 * The keys of these files are held, because what a folder has need not stand together in the list.
 */
async function* seriesOf(source: UnitSource): AsyncGenerator<WritableUnit> {
  const folders = new Map<string, ListedFile[]>();
  for await (const file of source.journal.files('dicomSeries')) {
    const folder = file.key.slice(0, file.key.lastIndexOf('/') + 1);
    const files = folders.get(folder);
    if (files) files.push(file);
    else folders.set(folder, [file]);
  }
  for (const [folder, files] of folders) {
    const title = titleOf(folder.replace(/\/$/, '')) ?? titleOf(files[0]?.key ?? '');
    yield { objectUrl: null, title, members: await toMembers(source, files) };
  }
}

async function toMembers(source: UnitSource, files: readonly ListedFile[]): Promise<Member[]> {
  const measured = await source.measured(files);
  const members: Member[] = [];
  for (const { key } of files) {
    source.signal.throwIfAborted();
    members.push({
      objectUrl: await source.urlOf(key),
      title: titleOf(key),
      mediaMetadata: measured.get(key) ?? null,
    });
  }
  return members;
}

/** The key, whichever way its URL is written; a longer one is left to the server. */
const titleOf = (key: string): string | null => (key !== '' && key.length <= limits.titleLength ? key : null);

async function* inBatches<T>(values: AsyncIterable<T>): AsyncGenerator<T[]> {
  let batch: T[] = [];
  for await (const value of values) {
    batch.push(value);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

import { LatchkeyError } from '@latchkey/contract/errors';
import { type UnitKind, unitKinds } from '@latchkey/contract/kinds';
import type { Unit } from '../read/unit.js';
import type { ManifestFlags } from '../scan/manifest-keys.js';

export type WritableUnit = Pick<Unit, 'objectUrl'> &
  Partial<Pick<Unit, 'title' | 'clientMetadata' | 'mediaMetadata'>>;

/** Units by kind: a manifest has one array for each. */
export type UnitsByKind = Partial<Record<UnitKind, Iterable<WritableUnit> | AsyncIterable<WritableUnit>>>;

/** How much is written at a time: characters of text, or bytes. */
export const BATCH_SIZE = 64 * 1024;

/** One unit in the published spelling, with `head` before its own fields. */
export function unitJson(kind: UnitKind, unit: WritableUnit, head: { type?: string } = {}): string {
  const metadata = unitKinds[kind].metadata;
  if (metadata === null)
    throw new LatchkeyError(
      'kind_not_supported',
      `Units of the kind "${kind}" cannot be written by this version.`,
    );
  return JSON.stringify({
    ...head,
    objectUrl: unit.objectUrl,
    title: unit.title ?? undefined,
    [metadata.key]: unit.mediaMetadata ?? undefined,
    clientMetadata: unit.clientMetadata ?? undefined,
  });
}

/** The flags that are given, each as `"key": value`. */
export function flagMembers(flags: Partial<ManifestFlags>): string[] {
  const { skipDuplicateUrls, upsertMetadata } = flags;
  return [
    ...(skipDuplicateUrls === undefined ? [] : [`"skip_duplicate_urls": ${skipDuplicateUrls}`]),
    ...(upsertMetadata === undefined ? [] : [`"upsert_metadata": ${upsertMetadata}`]),
  ];
}

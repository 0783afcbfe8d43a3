import { type UnitKind, unitKinds } from '@latchkey/contract/kinds';
import type { Unit, UnitMember } from '../read/unit.js';
import type { ManifestFlags } from '../scan/manifest-keys.js';
import { sceneElement } from './scene-element.js';

export type WritableUnit = Pick<Unit, 'objectUrl'> &
  Partial<
    Pick<Unit, 'itemType' | 'title' | 'clientMetadata' | 'mediaMetadata' | 'details' | 'references'>
  > & {
    readonly members?: readonly Pick<UnitMember, 'objectUrl' | 'title' | 'mediaMetadata'>[];
  };

/** Units by kind: a manifest has one array for each. */
export type UnitsByKind = Partial<Record<UnitKind, Iterable<WritableUnit> | AsyncIterable<WritableUnit>>>;

/** How much is written at a time: characters of text, or bytes. */
export const BATCH_SIZE = 64 * 1024;

/** One unit in the published spelling, with `head` before its own fields. */
export const unitJson = (kind: UnitKind, unit: WritableUnit, head: { type?: string } = {}): string =>
  JSON.stringify({ ...head, ...unitElement(kind, unit) });

/** The element of a manifest that reads as this unit. */
export function unitElement(kind: UnitKind, unit: WritableUnit): Record<string, unknown> {
  const { metadata, shape } = unitKinds[kind];
  const media = (each: Pick<Unit, 'mediaMetadata'>): object =>
    metadata && each.mediaMetadata ? { [metadata.key]: each.mediaMetadata } : {};
  return {
    ...(unit.objectUrl !== null && { objectUrl: unit.objectUrl }),
    title: unit.title ?? undefined,
    ...(unit.itemType === 'imageSequence' && { createVideo: true }),
    ...(shape === 'members' && numbered(unit, media)),
    ...(shape === 'items' && referencesOf(kind, unit)),
    ...media({ mediaMetadata: unit.mediaMetadata ?? null }),
    ...(kind === 'timeSeries' && unit.details),
    ...(needsScene(kind, unit) && {
      objectUrl: undefined,
      scene: sceneElement(unit.objectUrl, unit.details ?? null, unit.members ?? []),
    }),
    clientMetadata: unit.clientMetadata ?? undefined,
  };
}

/** A point cloud whose format is not said is its URL alone. */
const needsScene = (kind: UnitKind, { objectUrl, details }: WritableUnit): boolean =>
  kind === 'scenes' && (objectUrl === null || details?.['format'] !== undefined);

/** The members of a group or series: `objectUrl_0`, `imageMetadata_0`, `objectUrl_1` and so on. */
function numbered(
  { members = [] }: WritableUnit,
  media: (each: Pick<Unit, 'mediaMetadata'>) => object,
): object {
  return Object.fromEntries(
    members.flatMap((member, number) =>
      Object.entries({
        objectUrl: member.objectUrl,
        ...(member.title !== null && { title: member.title }),
        ...media(member),
      }).map(([field, value]) => [`${field}_${number}`, value] as const),
    ),
  );
}

function referencesOf(kind: UnitKind, { references = [], details }: WritableUnit): object {
  if (kind === 'imageGroupsFromItems') return { imageItems: references };
  const { layout, contents, settings } = (details?.['group'] ?? {}) as {
    layout?: unknown;
    contents?: Readonly<Record<string, string>>;
    settings?: unknown;
  };
  return { layout, layoutContents: contents ?? references, settings };
}

/** The flags that are given, each as `"key": value`. */
export function flagMembers(flags: Partial<ManifestFlags>): string[] {
  const { skipDuplicateUrls, upsertMetadata, allowExpiredUrls } = flags;
  return [
    ...(skipDuplicateUrls === undefined ? [] : [`"skip_duplicate_urls": ${skipDuplicateUrls}`]),
    ...(upsertMetadata === undefined ? [] : [`"upsert_metadata": ${upsertMetadata}`]),
    // Ours alone: other readers of the format need not know it.
    ...(allowExpiredUrls ? ['"allow_expired_urls": true'] : []),
  ];
}

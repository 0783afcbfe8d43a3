import type { LeftOutReason } from '@latchkey/contract/export-formats';
import { type ItemType, type UnitKind, unitKindNames, unitKinds } from '@latchkey/contract/kinds';
import type { MediaMetadata } from '@latchkey/contract/schemas/media-metadata';
import type { ItemRow } from '@latchkey/db/items/reader';
import type { WritableUnit } from '@latchkey/manifest/write/unit-json';
import type { ExportRow } from './export-source.js';

type Json = Readonly<Record<string, unknown>>;

/** The types of the items that units of the kind become. */
export const typesOfKind = (kind: UnitKind): readonly ItemType[] =>
  unitKinds[kind].itemType === 'imageGroup' ? ['imageGroup', 'imageSequence'] : [unitKinds[kind].itemType];

/** Of the kinds that give items of a type, the one that gave this item. */
export function kindOf({ row, itemIds }: ExportRow): UnitKind | null {
  if ((row.type === 'imageGroup' || row.type === 'imageSequence') && itemIds.length > 0)
    return 'imageGroupsFromItems';
  return unitKindNames.find((kind) => (typesOfKind(kind) as readonly string[]).includes(row.type)) ?? null;
}

/** The unit of a manifest that registers to the item again; or why there is none. */
export function toUnit(
  kind: UnitKind,
  { row, members, itemIds }: ExportRow,
  urlOf: (row: ItemRow) => string | null,
): WritableUnit | LeftOutReason {
  const objectUrl = urlOf(row);
  if (row.url_head !== null && objectUrl === null) return 'no_url';
  if (row.url_head === null && members.length + itemIds.length === 0) return 'members_gone';
  const shownMembers = members.flatMap((member) => toMember(kind, member, urlOf) ?? []);
  if (shownMembers.length < members.length) return 'no_url';
  return {
    itemType: row.type as ItemType,
    objectUrl,
    title: row.name,
    clientMetadata: parse(row.client_metadata),
    mediaMetadata: row.url_head === null ? null : mediaOf(kind, row),
    members: shownMembers,
    references: itemIds,
    details: detailsOf(kind, row, itemIds),
  };
}

function toMember(kind: UnitKind, row: ItemRow, urlOf: (row: ItemRow) => string | null) {
  const objectUrl = urlOf(row);
  const ofMetadata = kind === 'scenes' && row.type === 'image' ? 'images' : kind;
  return objectUrl === null ? null : { objectUrl, title: row.name, mediaMetadata: mediaOf(ofMetadata, row) };
}

/** Null unless all fields are known: a manifest gives all or none. */
function mediaOf(kind: UnitKind, row: ItemRow): MediaMetadata | null {
  const { metadata } = unitKinds[kind];
  if (metadata === null || row.metadata_source === null) return null;
  const known: Json = { ...columnsOf(row), ...parse(row.media_details) };
  const fields = Object.keys(metadata.schema.properties).map((name) => [name, known[name] ?? null] as const);
  if (fields.some(([, value]) => value === null)) return null;
  return Object.fromEntries(fields) as MediaMetadata;
}

const columnsOf = (row: ItemRow): Json => ({
  fileSize: row.file_size,
  mimeType: row.mime_type,
  width: row.width,
  height: row.height,
  duration: row.duration,
  fps: row.fps,
  sampleRate: row.audio_sample_rate,
  bitDepth: row.audio_bit_depth,
  codec: row.audio_codec,
  numChannels: row.audio_num_channels,
  numPages: row.num_pages,
  numVolumes: row.frame_count,
});

/** What the item keeps beside the fields of its media metadata. */
function detailsOf(kind: UnitKind, row: ItemRow, itemIds: readonly string[]): Record<string, unknown> | null {
  const details = parse(row.media_details);
  if (details === null) return null;
  if (kind === 'dataGroups') return { group: inOrderOfItems(details['group'] as Json, itemIds) };
  const { depth: _depth, numPoints: _numPoints, tags: _tags, ...others } = details;
  if (isStreams(others['scene'])) return { ...others, scene: inOrderOfMembers(others['scene']) };
  return Object.keys(others).length === 0 ? null : others;
}

interface Scene {
  readonly streams: Readonly<Record<string, { readonly events?: readonly { readonly member?: number }[] }>>;
}

const isStreams = (scene: unknown): scene is Scene =>
  typeof scene === 'object' && scene !== null && 'streams' in scene;

/** The database keeps no order of keys, but the order of the streams is that of the members, of which the item is known. */
function inOrderOfMembers(scene: Scene): Scene {
  const first = ({ events = [] }: Scene['streams'][string]): number =>
    Math.min(...events.map(({ member }) => member ?? Number.POSITIVE_INFINITY));
  const streams = Object.entries(scene.streams).sort(([, a], [, b]) => {
    const [one, other] = [first(a), first(b)];
    return one === other ? 0 : one - other;
  });
  return { ...scene, streams: Object.fromEntries(streams) };
}

/**
 * A tree names its items by key: with some of them deleted, the others are shown as a grid. The database keeps no order
 * of keys, but the group is known by the order of its items.
 */
function inOrderOfItems(group: Json, itemIds: readonly string[]): Json {
  const contents = group['contents'] as Readonly<Record<string, string>> | undefined;
  if (contents === undefined) return group;
  const left = Object.entries(contents);
  const kept = itemIds.flatMap((itemId) => {
    const at = left.findIndex(([, id]) => id === itemId);
    return at < 0 ? [] : left.splice(at, 1);
  });
  return {
    ...group,
    contents: Object.fromEntries(kept),
    ...(left.length > 0 && { layout: 'default-grid' }),
  };
}

function parse(json: string | null): Record<string, unknown> | null {
  return json === null ? null : (JSON.parse(json) as Record<string, unknown>);
}

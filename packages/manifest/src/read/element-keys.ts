import { type UnitKind, unitKindNames, unitKinds } from '@latchkey/contract/kinds';

type MediaKey = Extract<(typeof unitKinds)[UnitKind]['metadata'], { key: string }>['key'];

export type ElementField =
  | 'objectUrl'
  | 'title'
  | 'clientMetadata'
  | 'externalFileType'
  | 'placeholderItemUuid'
  | 'images'
  | 'dicomFiles'
  | 'createVideo'
  | 'clusterByResolution'
  | 'scene'
  | 'settings'
  | 'imageItems'
  | 'videoUrlPrefix'
  | 'layout'
  | 'layoutContents'
  | MediaKey;

/** What only units of these kinds have. */
const ownFields: Partial<Record<UnitKind, readonly ElementField[]>> = {
  imageGroups: ['images', 'createVideo', 'clusterByResolution'],
  dicomSeries: ['dicomFiles'],
  scenes: ['scene'],
  timeSeries: ['settings'],
  imageGroupsFromItems: ['imageItems', 'createVideo', 'clusterByResolution', 'videoUrlPrefix'],
  dataGroups: ['layout', 'layoutContents', 'settings'],
};

const ownersOf = new Map<ElementField, UnitKind[]>();
for (const kind of unitKindNames)
  for (const field of ownFields[kind] ?? []) ownersOf.set(field, [...(ownersOf.get(field) ?? []), kind]);

/** Letter case and underscores do not matter. */
export const canonicalKey = (key: string): string => key.replaceAll('_', '').toLowerCase();

const elementFields: ReadonlyMap<string, ElementField> = new Map([
  ['objecturl', 'objectUrl'],
  ['url', 'objectUrl'],
  ['title', 'title'],
  ['clientmetadata', 'clientMetadata'],
  ['externalfiletype', 'externalFileType'],
  ['placeholderitemuuid', 'placeholderItemUuid'],
  ...[...ownersOf.keys()].map((field): [string, ElementField] => [canonicalKey(field), field]),
  ...unitKindNames.flatMap((kind): [string, ElementField][] => {
    const key = unitKinds[kind].metadata?.key;
    return key === undefined ? [] : [[canonicalKey(key), key]];
  }),
]);

const exactNames: ReadonlyMap<string, ElementField> = new Map(
  [...elementFields.values()].map((field) => [field, field]),
);

/** Null for `kind`: the fields of every kind. */
export function elementField(key: string, kind: UnitKind | null = null): ElementField | undefined {
  const field = exactNames.get(key) ?? elementFields.get(canonicalKey(key));
  if (field === undefined || kind === null) return field;
  const owners = ownersOf.get(field);
  return owners === undefined || owners.includes(kind) ? field : undefined;
}

/** What of a member a numbered key gives. */
export type MemberField = 'objectUrl' | 'title' | 'imageMetadata' | 'dicomMetadata';

const memberFields: ReadonlyMap<string, MemberField> = new Map([
  ['objecturl', 'objectUrl'],
  ['url', 'objectUrl'],
  ['title', 'title'],
  ['imagemetadata', 'imageMetadata'],
  ['dicommetadata', 'dicomMetadata'],
]);

/** `objectUrl_12`: the field and the number of the member. */
export function numberedField(key: string): { field: MemberField; number: number } | undefined {
  const match = /^([A-Za-z_]+?)_?(\d{1,7})$/.exec(key);
  const field = match?.[1] === undefined ? undefined : memberFields.get(canonicalKey(match[1]));
  return field === undefined ? undefined : { field, number: Number(match?.[2]) };
}

/** What the official client writes into `externalFileType`; kinds that it does not know are left out. */
export const externalFileTypes: Partial<Record<UnitKind, string>> = {
  videos: 'VIDEO',
  images: 'IMAGE',
  audio: 'AUDIO',
  text: 'PLAIN_TEXT',
  pdfs: 'PDF',
  nifti: 'NIFTI',
  imageGroups: 'IMG_GROUP',
  imageGroupsFromItems: 'IMG_GROUP_FROM_ITEMS',
  dicomSeries: 'DICOM',
  timeSeries: 'TIMESERIES',
};

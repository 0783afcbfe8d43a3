import { type UnitKind, unitKindNames, unitKinds } from '@latchkey/contract/kinds';

type MediaKey = Extract<(typeof unitKinds)[UnitKind]['metadata'], { key: string }>['key'];

export type ElementField =
  | 'objectUrl'
  | 'title'
  | 'clientMetadata'
  | 'externalFileType'
  | 'placeholderItemUuid'
  | MediaKey;

/** Letter case and underscores do not matter. */
export const canonicalKey = (key: string): string => key.replaceAll('_', '').toLowerCase();

const elementFields: ReadonlyMap<string, ElementField> = new Map([
  ['objecturl', 'objectUrl'],
  ['url', 'objectUrl'],
  ['title', 'title'],
  ['clientmetadata', 'clientMetadata'],
  ['externalfiletype', 'externalFileType'],
  ['placeholderitemuuid', 'placeholderItemUuid'],
  ...unitKindNames.flatMap((kind): [string, ElementField][] => {
    const key = unitKinds[kind].metadata?.key;
    return key === undefined ? [] : [[canonicalKey(key), key]];
  }),
]);

const exactNames: ReadonlyMap<string, ElementField> = new Map(
  [...elementFields.values()].map((field) => [field, field]),
);

export const elementField = (key: string): ElementField | undefined =>
  exactNames.get(key) ?? elementFields.get(canonicalKey(key));

/** What the official client writes into `externalFileType`; kinds that it does not know are left out. */
export const externalFileTypes: Partial<Record<UnitKind, string>> = {
  videos: 'VIDEO',
  images: 'IMAGE',
  audio: 'AUDIO',
  text: 'PLAIN_TEXT',
  pdfs: 'PDF',
};

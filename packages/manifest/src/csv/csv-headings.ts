import { type UnitKind, unitKindNames, unitKinds } from '@latchkey/contract/kinds';

type TextColumn = 'objectUrl' | 'title' | 'type' | 'createVideo' | 'group' | 'memberTitle';

/** Fields of an element whose cells hold JSON. */
export const jsonFields = [
  'dicomMetadata',
  'scene',
  'imageItems',
  'layout',
  'layoutContents',
  'settings',
  'clientMetadata',
] as const;
export type JsonField = (typeof jsonFields)[number];

/** What a column gives. */
export type Column =
  | { readonly to: TextColumn }
  /** A value that is no text or number, as JSON. */
  | { readonly to: 'json'; readonly field: JsonField }
  /** A field of the media metadata. */
  | { readonly to: 'media'; readonly field: string }
  /** A key of the client metadata. */
  | { readonly to: 'meta'; readonly key: string }
  /** Not known, or without a heading: left out. */
  | { readonly to: 'nothing' };

export interface Headings {
  readonly columns: readonly Column[];
  /** What all rows are; null where a column says it. */
  readonly kind: UnitKind | null;
  readonly unknown: readonly string[];
  readonly duplicate: readonly string[];
  readonly names: readonly string[];
}

const plain = (heading: string): string => heading.replaceAll(/[\s_]/g, '').toLowerCase();

const titles: ReadonlyMap<string, UnitKind> = new Map([
  ['videotitle', 'videos'],
  ['imagetitle', 'images'],
  ['audiotitle', 'audio'],
  ['texttitle', 'text'],
  ['pdftitle', 'pdfs'],
  ['imagegrouptitle', 'imageGroups'],
  ['seriestitle', 'dicomSeries'],
]);

const ownColumns: ReadonlyMap<string, Column> = new Map<string, Column>([
  ['objecturl', { to: 'objectUrl' }],
  ['url', { to: 'objectUrl' }],
  ['title', { to: 'title' }],
  ['type', { to: 'type' }],
  ['createvideo', { to: 'createVideo' }],
  ['group', { to: 'group' }],
  ['membertitle', { to: 'memberTitle' }],
  ...[...titles.keys()].map((heading): [string, Column] => [heading, { to: 'title' }]),
  ...jsonFields.map((field): [string, Column] => [plain(field), { to: 'json', field }]),
]);

/** Every field of a media metadata object, alone or behind the name of the object: `width`, `imageMetadata.width`. */
const mediaFields: ReadonlyMap<string, string> = new Map(
  unitKindNames.flatMap((kind) => {
    const { metadata } = unitKinds[kind];
    if (metadata === null || kind === 'dicomSeries') return [];
    return Object.keys(metadata.schema.properties).flatMap((field): [string, string][] => [
      [plain(field), field],
      [plain(`${metadata.key}.${field}`), field],
    ]);
  }),
);

/** Reads a row as headings; null if it is none, because it names no column of object URLs. */
export function readHeadings(cells: readonly string[]): Headings | null {
  const names = cells.map((cell) => cell.trim());
  const kinds = names.flatMap((name) => titles.get(plain(name)) ?? []);
  const unknown: string[] = [];
  const duplicate: string[] = [];
  const seen = new Set<string>();
  const columns = names.map((name): Column => {
    const column = columnOf(name);
    if (column === null) {
      if (name !== '') unknown.push(name);
      return { to: 'nothing' };
    }
    const key = JSON.stringify(column);
    if (seen.has(key)) duplicate.push(name);
    if (seen.has(key)) return { to: 'nothing' };
    seen.add(key);
    return column;
  });
  if (!columns.some(({ to }) => to === 'objectUrl')) return null;
  return { columns, kind: kindOf(columns, kinds), unknown, duplicate, names };
}

function columnOf(name: string): Column | null {
  const heading = plain(name);
  const own = ownColumns.get(heading);
  if (own !== undefined) return own;
  const field = mediaFields.get(heading);
  if (field !== undefined) return { to: 'media', field };
  const key = /^meta\.(.+)$/i.exec(name)?.[1];
  return key === undefined ? null : { to: 'meta', key };
}

/** A title says what the rows are; a column of URLs alone means videos, as the published format has it. */
function kindOf(columns: readonly Column[], kinds: readonly UnitKind[]): UnitKind | null {
  if (columns.some(({ to }) => to === 'type')) return null;
  const [kind] = kinds;
  if (kind !== undefined) return kind;
  return columns.some(({ to }) => to === 'createVideo') ? 'imageGroups' : 'videos';
}

/** Whether a later row is a row of headings: every cell of it is a known one, and one is that of the URLs. */
export function isHeadingRow(cells: readonly string[]): boolean {
  const given = cells.filter((cell) => cell.trim() !== '');
  return (
    given.some((cell) => columnOf(cell.trim())?.to === 'objectUrl') &&
    given.every((cell) => columnOf(cell.trim()) !== null)
  );
}

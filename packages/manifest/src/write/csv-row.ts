import { type UnitKind, unitKindNames, unitKinds } from '@latchkey/contract/kinds';
import { type JsonField, jsonFields } from '../csv/csv-headings.js';
import { elementField, numberedField } from '../read/element-keys.js';
import { isObject } from '../read/unit.js';

/** The cells of a row by their headings; a cell that is not there is empty. */
export type CsvRow = Readonly<Record<string, string>>;

type Json = Readonly<Record<string, unknown>>;

const headingsOf = {
  type: 'Type',
  objectUrl: 'ObjectURL',
  title: 'Title',
  createVideo: 'Create video',
} as const;

const mediaFieldsOf = (kind: UnitKind): string[] => {
  const { metadata } = unitKinds[kind];
  return metadata === null || kind === 'dicomSeries' ? [] : Object.keys(metadata.schema.properties);
};

/** Every heading that is written, in the order of the columns. */
export const csvHeadings: readonly string[] = [
  ...new Set([
    'Type',
    'ObjectURL',
    'Title',
    'Group',
    'Member title',
    'Create video',
    ...unitKindNames.flatMap(mediaFieldsOf),
    ...jsonFields,
  ]),
];

/** The headings that a unit of the kind may fill; `null` for one whose kind is not known. */
export function headingsOfKind(kind: UnitKind | null): readonly string[] {
  if (kind === null) return ['Type', 'ObjectURL', 'Title', 'clientMetadata'];
  const { shape } = unitKinds[kind];
  const own = (field: JsonField): boolean =>
    field === 'dicomMetadata' ? kind === 'dicomSeries' : elementField(field, kind) !== undefined;
  return [
    'Type',
    'ObjectURL',
    'Title',
    ...(shape === 'members' ? ['Group', 'Member title'] : []),
    ...(elementField('createVideo', kind) === undefined ? [] : ['Create video']),
    ...mediaFieldsOf(kind),
    ...jsonFields.filter(own),
  ];
}

/**
 * The rows of an element in the published spelling: one, or one a member. `group` tells them from the rows of the
 * group before, which may have the same title.
 */
export function rowsOf(element: Json, group: number): CsvRow[] {
  const members = membersOf(element);
  if (members.length === 0) return [rowOf(element)];
  return members.map((member, index) => {
    const { clientMetadata, ...shared } = element;
    const row = rowOf(index === 0 ? element : shared);
    const { title, ...object } = member;
    return { ...row, ...rowOf(object), 'Member title': textOf(title), Group: String(group) };
  });
}

function membersOf(element: Json): Json[] {
  const members = new Map<number, Record<string, unknown>>();
  for (const [key, value] of Object.entries(element)) {
    const found = numberedField(key);
    if (!found) continue;
    const member = members.get(found.number) ?? {};
    members.set(found.number, member);
    member[found.field] = value;
  }
  return [...members].sort(([a], [b]) => a - b).map(([, member]) => member);
}

function rowOf(element: Json): CsvRow {
  const row: Record<string, string> = {};
  for (const [key, value] of Object.entries(element)) {
    if (value === undefined || value === null || numberedField(key)) continue;
    if (Object.hasOwn(headingsOf, key)) row[headingsOf[key as keyof typeof headingsOf]] = textOf(value);
    else if ((jsonFields as readonly string[]).includes(key)) row[key] = jsonCell(value);
    else if (isObject(value)) for (const [field, each] of Object.entries(value)) row[field] = textOf(each);
  }
  return row;
}

const textOf = (value: unknown): string =>
  value === undefined || value === null
    ? ''
    : typeof value === 'object'
      ? JSON.stringify(value)
      : String(value);

/** Text that is no JSON stands as it is: the reader takes it as text. */
function jsonCell(value: unknown): string {
  if (typeof value !== 'string') return JSON.stringify(value);
  try {
    JSON.parse(value);
    return JSON.stringify(value);
  } catch {
    return value;
  }
}

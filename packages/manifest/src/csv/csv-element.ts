import { type UnitKind, unitKinds } from '@latchkey/contract/kinds';
import { canonicalKey } from '../read/element-keys.js';
import type { Headings, JsonField } from './csv-headings.js';

/** One row as an element of a manifest, and what it says about its group. */
export interface RowElement {
  readonly type: string;
  readonly title: string | undefined;
  /** Which rows belong together; null where the kind has one object a unit. */
  readonly group: string | null;
  readonly memberTitle: string | undefined;
  readonly createVideo: boolean | string | undefined;
  readonly objectUrl: string | undefined;
  readonly media: Readonly<Record<string, unknown>>;
  readonly json: Readonly<Partial<Record<JsonField, unknown>>>;
  readonly kind: UnitKind | null;
}

/** Problem that makes the whole row fail. */
export class RowProblem extends Error {}

const kindsByName: ReadonlyMap<string, UnitKind> = new Map(
  (Object.keys(unitKinds) as UnitKind[]).toReversed().flatMap((kind) => {
    const { itemType, keys } = unitKinds[kind];
    return [itemType, kind, ...keys].map((name): [string, UnitKind] => [canonicalKey(name), kind]);
  }),
);

const numeric = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const texts = new Set(['mimeType', 'codec']);
const titles: ReadonlySet<string> = new Set(['title', 'memberTitle']);

/** A number, `true`, `false` and `null` are what they look like; anything else is text. */
export function typedValue(cell: string): unknown {
  if (numeric.test(cell)) return Number(cell);
  if (cell === 'true' || cell === 'false') return cell === 'true';
  return cell === 'null' ? null : cell;
}

export function readRow(cells: readonly string[], { columns, kind: ofAll }: Headings): RowElement {
  const surplus = cells.slice(columns.length).some((cell) => cell.trim() !== '');
  if (surplus)
    throw new RowProblem(`The row has ${cells.length} cells, but there are ${columns.length} headings.`);
  const own: Record<string, string> = {};
  const media: Record<string, unknown> = {};
  const json: Partial<Record<JsonField, unknown>> = {};
  const meta: [string, unknown][] = [];
  columns.forEach((column, index) => {
    const cell = cells[index] ?? '';
    const value = cell.trim();
    if (value === '' || column.to === 'nothing') return;
    if (column.to === 'media') media[column.field] = texts.has(column.field) ? cell : numberOf(value);
    else if (column.to === 'meta') meta.push([column.key, typedValue(value)]);
    else if (column.to === 'json') json[column.field] = jsonOf(value);
    else own[column.to] = titles.has(column.to) ? cell : value;
  });
  const type = own['type'];
  const named =
    type === undefined ? null : (kindsByName.get(canonicalKey(type.replaceAll(/\s/g, ''))) ?? null);
  const kind = ofAll ?? named;
  const isGroup = kind !== null && unitKinds[kind].shape === 'members';
  return {
    kind,
    type: kind ?? type ?? '',
    title: own['title'],
    group: isGroup ? `${kind} ${own['group'] ?? own['title'] ?? ''}` : null,
    memberTitle: own['memberTitle'],
    createVideo: createVideoOf(
      own['createVideo'],
      ofAll !== null && columns.some(({ to }) => to === 'createVideo'),
    ),
    objectUrl: own['objectUrl'],
    media,
    json: meta.length === 0 ? json : { ...json, clientMetadata: withMeta(json.clientMetadata, meta) },
  };
}

/** Spreadsheets write 1.0 and 1e3 for whole numbers; what is no number stays text, and is refused as such. */
const numberOf = (cell: string): unknown => (Number.isFinite(Number(cell)) ? Number(cell) : cell);

/** In the published headings a blank cell means a sequence. */
function createVideoOf(cell: string | undefined, isBlankTrue: boolean): boolean | string | undefined {
  if (cell === undefined) return isBlankTrue ? true : undefined;
  if (/^(?:true|yes|1)$/i.test(cell)) return true;
  return /^(?:false|no|0)$/i.test(cell) ? false : cell;
}

/** Text that is no JSON stays text, and is refused where an object is expected. */
function jsonOf(cell: string): unknown {
  try {
    return JSON.parse(cell);
  } catch {
    return cell;
  }
}

function withMeta(given: unknown, meta: readonly [string, unknown][]): unknown {
  const isObject = typeof given === 'object' && given !== null && !Array.isArray(given);
  // Text where an object belongs is refused when the unit is read.
  if (given !== undefined && !isObject) return given;
  return { ...(given as object | undefined), ...Object.fromEntries(meta) };
}

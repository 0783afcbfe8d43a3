import { type ItemFilter, listItems } from '@latchkey/db/items/list';
import { listMemberItemsOf, listMembersOf } from '@latchkey/db/items/members';
import { getItems, type ItemRow } from '@latchkey/db/items/reader';
import type { Keyset, KeysetPosition } from '@latchkey/db/paging/keyset';
import type { AppContext } from '../context.js';

/** What is exported: what a list of items shows, or chosen items. */
export type ExportSource =
  | { readonly kind: 'list'; readonly filter: Omit<ItemFilter, 'withSecrets'> }
  | { readonly kind: 'chosen'; readonly ids: readonly string[] };

/** An item with what it is made of: objects of its own, or registered items. */
export interface ExportRow {
  readonly row: ItemRow;
  readonly members: readonly ItemRow[];
  readonly itemIds: readonly string[];
}

const rowsAtATime = 500;
/** Members are wide (tags of a DICOM file): as many as that at a time, or those of one item. */
const membersAtATime = 2_000;

/**
 * The items of these types, page by page, so that a million take as much memory as a thousand. With `onOther` items of
 * other types are read as well, and told.
 */
export async function* exportRows(
  context: AppContext,
  source: ExportSource,
  types: readonly string[],
  onOther?: (row: ItemRow) => void,
): AsyncGenerator<readonly ExportRow[], void, undefined> {
  const isWanted = ({ type }: ItemRow): boolean => types.includes(type);
  for await (const rows of pages(context, source, onOther === undefined ? types : null)) {
    if (onOther !== undefined) for (const row of rows) if (!isWanted(row)) onOther(row);
    for (const batch of batchesOf(rows.filter(isWanted))) yield await withMembers(context, batch);
  }
}

/** `types` null: those of the source. */
async function* pages(
  { db }: AppContext,
  source: ExportSource,
  types: readonly string[] | null,
): AsyncGenerator<readonly ItemRow[], void, undefined> {
  if (source.kind === 'chosen') {
    const rows = new Map((await getItems(db, source.ids, true)).map((row) => [row.id, row]));
    yield source.ids.flatMap((id) => rows.get(id) ?? []);
    return;
  }
  const filter = { ...source.filter, types: bothTypes(source.filter.types, types), withSecrets: true };
  if (filter.types?.length === 0) return;
  let after: KeysetPosition | null = null;
  do {
    const keyset: Keyset = { orderBy: 'id', desc: false, after, limit: rowsAtATime };
    const rows: readonly ItemRow[] = await listItems(db, filter, keyset);
    if (rows.length > 0) yield rows;
    after = rows.at(-1) ?? null;
  } while (after !== null);
}

function bothTypes(
  asked: readonly string[] | null,
  types: readonly string[] | null,
): readonly string[] | null {
  if (asked === null) return types;
  return types === null ? asked : asked.filter((type) => types.includes(type));
}

/** Rows cut so that the members of a batch, which `frame_count` tells, are not too many. */
function* batchesOf(rows: readonly ItemRow[]): Generator<readonly ItemRow[]> {
  let batch: ItemRow[] = [];
  let members = 0;
  for (const row of rows) {
    const own = row.url_head === null ? (row.frame_count ?? 0) : 0;
    if (members + own > membersAtATime && batch.length > 0) {
      yield batch;
      batch = [];
      members = 0;
    }
    batch.push(row);
    members += own;
  }
  if (batch.length > 0) yield batch;
}

async function withMembers({ db }: AppContext, rows: readonly ItemRow[]): Promise<readonly ExportRow[]> {
  const ids = rows.filter(({ url_head }) => url_head === null).map(({ id }) => id);
  if (ids.length === 0) return rows.map((row) => ({ row, members: [], itemIds: [] }));
  const members = byItem(await listMembersOf(db, ids, true));
  const items = byItem(await listMemberItemsOf(db, ids));
  return rows.map((row) => ({
    row,
    members: members.get(row.id) ?? [],
    itemIds: (items.get(row.id) ?? []).map(({ member_item_id }) => member_item_id),
  }));
}

function byItem<Row extends { readonly item_id: string }>(rows: readonly Row[]): ReadonlyMap<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(row.item_id);
    if (group) group.push(row);
    else groups.set(row.item_id, [row]);
  }
  return groups;
}

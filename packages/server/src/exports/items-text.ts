import { itemTypes } from '@latchkey/contract/kinds';
import type { Item } from '@latchkey/contract/schemas/item';
import type { ItemRow } from '@latchkey/db/items/reader';
import { toItem } from '../items/to-item.js';
import type { ExportRun } from './export-run.js';
import { type ExportRow, exportRows } from './export-source.js';

type ExportedItem = Item & { readonly members?: readonly Item[] };

/** The items as the API shows them, one a line; one of several objects has these as its `members`. */
export async function* itemsText(run: ExportRun): AsyncGenerator<string, void, undefined> {
  for await (const rows of exportRows(run.context, run.request.source, itemTypes)) {
    const items = rows.map((row) => toExportedItem(run, row));
    const urls = items.reduce((sum, item) => sum + countUrls(item), 0);
    await run.handOut(urls, items.at(0)?.uuid ?? '', items.at(-1)?.uuid ?? '');
    run.itemsCount += items.length;
    yield items.map((item) => `${JSON.stringify(item)}\n`).join('');
  }
}

function toExportedItem(run: ExportRun, { row, members }: ExportRow): ExportedItem {
  const signed = (each: ItemRow) => (run.request.withSignatures ? run.urlOf(each) : null);
  const item = toItem(row, signed(row), run.caller);
  if (members.length === 0) return item;
  return { ...item, members: members.map((member) => toItem(member, signed(member), run.caller)) };
}

const countUrls = ({ signedUrl, members = [] }: ExportedItem): number =>
  [signedUrl, ...members.map((member) => member.signedUrl)].filter((url) => url !== null).length;

import type { JsonObject } from '@latchkey/contract/schemas/common';
import type { Item } from '@latchkey/contract/schemas/item';
import { hashKey } from '@tanstack/react-query';
import { editedMetadata, type MetadataEdit } from '../../../components/storage/item-changes.js';
import { countOf } from '../../../lib/format.js';

type Described = Pick<Item, 'clientMetadata'>;

const metadataOf = ({ clientMetadata }: Described) => JSON.parse(clientMetadata) as JsonObject;

/** On how many of the items each key is, the most common first. */
export function keyCounts(items: readonly Described[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const item of items)
    for (const key of Object.keys(metadataOf(item))) counts.set(key, (counts.get(key) ?? 0) + 1);
  return new Map([...counts].sort(([a, many], [b, more]) => more - many || a.localeCompare(b)));
}

/** One line a key: what the edit does to how many items. */
export function editEffects(items: readonly Described[], { set, remove }: MetadataEdit): string[] {
  const counts = keyCounts(items);
  const effectOf = (key: string) => {
    const replaced = counts.get(key) ?? 0;
    const added = items.length - replaced;
    const parts = [
      ...(added > 0 ? [`is added to ${countOf(added, 'item')}`] : []),
      ...(replaced > 0 ? [`takes the place of what ${countOf(replaced, 'item')} had`] : []),
    ];
    return `${key} ${parts.join(', ')}`;
  };
  return [
    ...Object.keys(set).map(effectOf),
    ...remove.map((key) => `${key} is removed from ${countOf(counts.get(key) ?? 0, 'item')}`),
  ];
}

/** How many items are not so already, whatever the order of the keys. */
export function changedCount(items: readonly Described[], edit: MetadataEdit): number {
  const text = (value: JsonObject) => hashKey([value]);
  return items.filter((item) => text(metadataOf(item)) !== text(editedMetadata(item.clientMetadata, edit)))
    .length;
}

import type { ItemHistoryEntry } from '@latchkey/contract/schemas/item-changes';

const fieldNames: Readonly<Record<string, string>> = {
  name: 'name',
  description: 'description',
  clientMetadata: 'client metadata',
};

/** What a change of an item did, in a few words. */
export function changeText({ action, details }: Pick<ItemHistoryEntry, 'action' | 'details'>): string {
  const { fields = [], setKeys = [], removedKeys = [] } = details;
  switch (action) {
    case 'item.move':
      return 'Moved';
    case 'item.storage.migrate':
      return details.hasNewUrl ? 'URL renewed' : 'Integration changed';
    case 'item.edit-metadata':
      return `Client metadata: ${[
        ...(setKeys.length > 0 ? [`set ${setKeys.join(', ')}`] : []),
        ...(removedKeys.length > 0 ? [`removed ${removedKeys.join(', ')}`] : []),
      ].join('; ')}`;
    case 'item.change':
      return fields.length > 0
        ? `Changed: ${fields.map((field) => fieldNames[field] ?? field).join(', ')}`
        : 'Changed together with other items';
  }
}

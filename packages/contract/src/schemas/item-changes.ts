import { type Static, Type } from 'typebox';
import { limits } from '../limits.js';
import { Nullable, OneOf, Page, pageQuery, Timestamp, Uuid } from './common.js';

export const metadataEdit = {
  set: Type.Optional(
    Type.Record(Type.String(), Type.Unknown(), {
      description: 'Keys of the client metadata with their new values. The other keys stay as they are.',
    }),
  ),
  remove: Type.Optional(
    Type.Array(Type.String(), {
      maxItems: limits.bulkItems,
      description: 'Keys to take away where they are.',
    }),
  ),
};

export const EditItemsMetadata = Type.Object(
  { itemUuids: Type.Array(Uuid, { minItems: 1, maxItems: limits.bulkItems }), ...metadataEdit },
  { additionalProperties: false },
);
export type EditItemsMetadata = Static<typeof EditItemsMetadata>;
export const EditedItems = Type.Object({
  itemsCount: Type.Integer({ minimum: 0 }),
  changedCount: Type.Integer({ minimum: 0, description: 'Those that were not so already.' }),
});
export type EditedItems = Static<typeof EditedItems>;

/** Entries of the audit log that are changes of an item, in its words. */
export const itemChangeActions = [
  'item.change',
  'item.edit-metadata',
  'item.move',
  'item.storage.migrate',
] as const;

export const ItemHistoryQuery = Type.Object(pageQuery);
export const ItemHistoryEntry = Type.Object({
  entryUuid: Uuid,
  at: Timestamp,
  userEmail: Nullable(Type.String({ description: 'Null: the user is gone.' })),
  action: OneOf(itemChangeActions),
  details: Type.Object(
    {
      fields: Type.Optional(Type.Array(Type.String())),
      setKeys: Type.Optional(Type.Array(Type.String())),
      removedKeys: Type.Optional(Type.Array(Type.String())),
      newParentUuid: Type.Optional(Uuid),
      hasNewUrl: Type.Optional(Type.Boolean()),
    },
    { description: 'What was changed, by name; never a value.' },
  ),
});
export type ItemHistoryEntry = Static<typeof ItemHistoryEntry>;
export const ItemHistory = Page(ItemHistoryEntry);
export type ItemHistory = Static<typeof ItemHistory>;
export type ItemHistoryDetails = ItemHistoryEntry['details'];

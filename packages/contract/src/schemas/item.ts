import { type Static, Type } from 'typebox';
import { itemTypes } from '../kinds.js';
import { limits } from '../limits.js';
import {
  JsonObject,
  Nullable,
  OneOf,
  Page,
  pageQuery,
  sortKeys,
  sortQuery,
  Timestamp,
  Uuid,
} from './common.js';

export const ItemTypeSchema = OneOf(itemTypes);

/** `url` carries no signature; `signedUrl` is the object URL byte for byte, and only where it was asked for. */
export const Item = Type.Object({
  uuid: Uuid,
  parent: Uuid,
  itemType: ItemTypeSchema,
  name: Type.String(),
  description: Type.String(),
  clientMetadata: Type.String({ description: 'JSON text of an object.' }),
  owner: Type.String({ description: 'E-mail address.' }),
  createdAt: Timestamp,
  lastEditedAt: Timestamp,
  isTombstone: Type.Boolean(),
  isPlaceholder: Type.Boolean(),
  backedDataUnitsCount: Type.Integer(),
  storageLocation: OneOf(['directAccess'] as const),
  integrationHash: Nullable(Uuid),
  url: Nullable(Type.String()),
  signedUrl: Nullable(Type.String()),
  fileSize: Nullable(Type.Integer()),
  mimeType: Nullable(Type.String()),
  duration: Nullable(Type.Number()),
  fps: Nullable(Type.Number()),
  height: Nullable(Type.Integer()),
  width: Nullable(Type.Integer()),
  dicomInstanceUid: Nullable(Type.String()),
  dicomStudyUid: Nullable(Type.String()),
  dicomSeriesUid: Nullable(Type.String()),
  frameCount: Nullable(Type.Integer()),
  audioSampleRate: Nullable(Type.Integer()),
  audioBitDepth: Nullable(Type.Integer()),
  audioCodec: Nullable(Type.String()),
  audioNumChannels: Nullable(Type.Integer()),
  numPages: Nullable(Type.Integer()),
  mediaDetails: Nullable(JsonObject),
  metadataSource: Nullable(OneOf(['manifest', 'probe'] as const)),
  expiresAt: Nullable(Timestamp),
  expiryCertainty: Nullable(OneOf(['exact', 'upper-bound', 'unknown', 'malformed'] as const)),
});
export type Item = Static<typeof Item>;
export const ItemPage = Page(Item);

const Expiry = Type.String({
  format: 'date-time',
  description:
    'Only items whose object URL dies at expiresAfter or later, and earlier than expiresBefore; without those that expire at no known moment. Expired items have expiresBefore=now.',
});

/** What a list of items and an export of them are narrowed by. */
export const itemFilterQuery = {
  search: Type.Optional(Type.String({ maxLength: limits.searchLength })),
  isRecursive: Type.Optional(Type.Boolean()),
  itemTypes: Type.Optional(Type.Array(ItemTypeSchema)),
  expiresAfter: Type.Optional(Expiry),
  expiresBefore: Type.Optional(Expiry),
  expiryUnknown: Type.Optional(
    Type.Boolean({
      description:
        'Only items whose object URL is signed and does not say when it dies. Not together with expiresAfter or expiresBefore.',
    }),
  ),
  metadata: Type.Optional(
    Type.Array(Type.String({ maxLength: limits.metadataConditionLength }), {
      maxItems: limits.metadataConditions,
      description:
        'Only items whose client metadata meets each condition on a key of the metadata schema: weather = "rain", score >= 0.5 (or >, <=, <), weather in ["rain", "snow"], weather exists. Values are JSON, and so is a key with spaces.',
    }),
  ),
};

const itemSortKeys = [...sortKeys, 'expiresAt'] as const;

export const ListItemsQuery = Type.Object({
  ...itemFilterQuery,
  isInDataset: Type.Optional(
    Type.Boolean({ description: 'Only items that are in some dataset, or with false in none.' }),
  ),
  includeOrgAccess: Type.Optional(Type.Boolean()),
  signUrls: Type.Optional(Type.Boolean()),
  ...sortQuery,
  order: Type.Optional(
    Type.Unsafe<(typeof itemSortKeys)[number]>(
      Type.String({
        enum: [...itemSortKeys],
        description:
          'expiresAt: by the minute in which the object URL dies. Signed URLs that do not say when, and behind them those that never die, come last in both directions.',
      }),
    ),
  ),
  fromEnd: Type.Optional(
    Type.Boolean({
      description: 'The pages of the same list from its end, each beginning with its last item.',
    }),
  ),
  ...pageQuery,
});
export type ListItemsQuery = Static<typeof ListItemsQuery>;

export const GetItemQuery = Type.Object({ signUrl: Type.Optional(Type.Boolean()) });
export const GetChildItemsQuery = Type.Object({ signUrls: Type.Optional(Type.Boolean()) });
export const GetItemsBulk = Type.Object(
  { itemUuids: Type.Array(Uuid, { maxItems: limits.bulkItems }), signUrls: Type.Optional(Type.Boolean()) },
  { additionalProperties: false },
);

export const PatchItem = Type.Object(
  {
    name: Type.Optional(Nullable(Type.String({ minLength: 1, maxLength: limits.titleLength }))),
    description: Type.Optional(Nullable(Type.String({ maxLength: limits.descriptionLength }))),
    clientMetadata: Type.Optional(Nullable(JsonObject)),
  },
  { additionalProperties: false },
);
export type PatchItem = Static<typeof PatchItem>;

export const PatchItemsBulk = Type.Object(
  { itemPatches: Type.Record(Uuid, PatchItem, { maxProperties: limits.bulkItems }) },
  { additionalProperties: false },
);

/** What a group holds, in order; or by a key that the tree of its layout names. */
const LayoutContents = Type.Union([Type.Array(Uuid), Type.Record(Type.String(), Uuid)]);

export const DataGroupInput = Type.Object(
  {
    layoutType: Type.Optional(
      Type.Union([Type.Literal('default-grid'), Type.Literal('default-list'), Type.Literal('custom')]),
    ),
    layoutContents: LayoutContents,
    name: Type.Optional(Nullable(Type.String({ maxLength: limits.titleLength }))),
    layout: Type.Optional(Nullable(JsonObject)),
    settings: Type.Optional(Nullable(JsonObject)),
    clientMetadata: Type.Optional(Nullable(JsonObject)),
  },
  { additionalProperties: false },
);
export type DataGroupInput = Static<typeof DataGroupInput>;
export const CreateDataGroups = Type.Array(DataGroupInput, { minItems: 1, maxItems: limits.bulkItems });
export const DataGroupUuids = Type.Array(Uuid);

export const MoveItems = Type.Object(
  {
    itemUuids: Type.Array(Uuid, { maxItems: limits.bulkItems }),
    newParentUuid: Uuid,
    allowSyncedDatasetMove: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
);

// The values are checked by the service: a message of the schema's would name the key, which is a signed URL.
const NewUrls = (key: string) =>
  Nullable(
    Type.Record(Type.String(), Type.Unknown(), {
      maxProperties: limits.bulkItems,
      description: `${key} to the new object URL, or to null where the URL stays.`,
    }),
  );

export const MigrateStorage = Type.Object(
  {
    urlsMap: Type.Optional(NewUrls('Object URL, however it is signed,')),
    itemsMap: Type.Optional(NewUrls('UUID of an item')),
    fromIntegrationHash: Type.Optional(
      Nullable(Type.String({ format: 'uuid', description: 'Items of other integrations stay as they are.' })),
    ),
    toIntegrationHash: Type.Optional(Nullable(Uuid)),
    validateAccess: Type.Optional(
      Type.Boolean({ description: 'Refuse new URLs that are dead already. No URL is opened.' }),
    ),
    skipMissing: Type.Optional(
      Type.Boolean({ description: 'Leave out what is not found; without it the whole request is refused.' }),
    ),
  },
  { additionalProperties: false },
);
export type MigrateStorage = Static<typeof MigrateStorage>;

export const DeleteItems = Type.Object(
  {
    childUuids: Type.Array(Uuid, { maxItems: limits.bulkItems }),
    removeUnusedFrames: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
);
export const DeleteItemsResult = Type.Object({
  removedItemsCount: Type.Integer({ minimum: 0 }),
  removedFoldersCount: Type.Integer({ minimum: 0 }),
});

/** A dataset that an item is in; its one data hash names the item in it. */
export const DatasetUse = Type.Object({
  datasetHash: Uuid,
  backingFolderUuid: Type.Null(),
  title: Type.String(),
  dataHashes: Type.Array(Uuid),
  dataUnitsCreatedAt: Timestamp,
});
export type DatasetUse = Static<typeof DatasetUse>;

export const ItemSummaryQuery = Type.Object({ includeGroupLayout: Type.Optional(Type.Boolean()) });
export const ItemSummary = Type.Object({
  frameInGroups: Type.Integer({
    minimum: 0,
    description:
      'Groups, series and sequences that the item is a member of; those of other users are counted as well.',
  }),
  accessibleGroupItems: Type.Array(
    Type.Object({
      uuid: Uuid,
      name: Type.String(),
      parentUuid: Uuid,
      parentName: Type.String(),
      itemType: ItemTypeSchema,
    }),
  ),
  usedInDatasets: Type.Integer({ description: 'Those of other users are counted as well.' }),
  accessibleDatasets: Type.Array(DatasetUse),
  groupLayout: Type.Null(),
});
export type ItemSummary = Static<typeof ItemSummary>;

import { type Static, Type } from 'typebox';
import { limits } from '../limits.js';
import { Nullable, pageQuery, Timestamp, UserRole, Uuid } from './common.js';

const Title = Type.String({ minLength: 1, maxLength: limits.titleLength });
const Description = Type.String({ maxLength: limits.descriptionLength });

/** A pick of items from any folders. It opens none of them: each user sees those whose folder is shared with him. */
export const Dataset = Type.Object({
  datasetUuid: Uuid,
  title: Type.String(),
  description: Type.String(),
  createdAt: Timestamp,
  lastEditedAt: Timestamp,
  userRole: Nullable(UserRole),
  backingFolderUuid: Type.Null(),
  itemsCount: Type.Integer({ minimum: 0 }),
});
export type Dataset = Static<typeof Dataset>;
export const DatasetList = Type.Object({ result: Type.Array(Dataset) });

const Pattern = Type.String({
  maxLength: limits.searchLength,
  description: 'Whatever the case; % stands for any text and _ for any character.',
});
const Moment = Type.String({ format: 'date-time' });

export const ListDatasetsQuery = Type.Object({
  titleEq: Type.Optional(Type.String({ maxLength: limits.titleLength })),
  titleLike: Type.Optional(Pattern),
  descriptionEq: Type.Optional(Type.String({ maxLength: limits.descriptionLength })),
  descriptionLike: Type.Optional(Pattern),
  createdBefore: Type.Optional(Moment),
  createdAfter: Type.Optional(Moment),
  editedBefore: Type.Optional(Moment),
  editedAfter: Type.Optional(Moment),
  includeOrgAccess: Type.Optional(Type.Boolean()),
});
export type ListDatasetsQuery = Static<typeof ListDatasetsQuery>;

export const CreateDataset = Type.Object(
  {
    title: Title,
    description: Type.Optional(Nullable(Description)),
    createBackingFolder: Type.Optional(
      Type.Boolean({
        description:
          'Sent by the official client; without effect. Datasets have no backing folder here, and the answer says so with backingFolderUuid null: register into a folder, and add its items.',
      }),
    ),
    legacyCall: Type.Optional(Type.Boolean({ description: 'Sent by the official client; without effect.' })),
  },
  { additionalProperties: false },
);
export type CreateDataset = Static<typeof CreateDataset>;
export const CreatedDataset = Type.Object({ datasetUuid: Uuid, backingFolderUuid: Type.Null() });

export const PatchDataset = Type.Object(
  { title: Type.Optional(Title), description: Type.Optional(Description) },
  { additionalProperties: false },
);
export type PatchDataset = Static<typeof PatchDataset>;

export const ListDatasetItemsQuery = Type.Object({ signUrls: Type.Optional(Type.Boolean()), ...pageQuery });
export type ListDatasetItemsQuery = Static<typeof ListDatasetItemsQuery>;

export const DatasetItems = Type.Object(
  { itemUuids: Type.Array(Uuid, { maxItems: limits.bulkItems }) },
  { additionalProperties: false },
);
export const AddedDatasetItems = Type.Object({
  addedCount: Type.Integer({ minimum: 0 }),
  presentCount: Type.Integer({ minimum: 0, description: 'Items that were in the dataset before.' }),
});
export type AddedDatasetItems = Static<typeof AddedDatasetItems>;
export const RemovedDatasetItems = Type.Object({ removedCount: Type.Integer({ minimum: 0 }) });
export type RemovedDatasetItems = Static<typeof RemovedDatasetItems>;

import { type Static, Type } from 'typebox';
import { limits } from '../limits.js';
import {
  FolderRole,
  JsonObject,
  Nullable,
  Page,
  pageQuery,
  sortQuery,
  Timestamp,
  UserRole,
  Uuid,
} from './common.js';

const Name = Type.String({ minLength: 1, maxLength: limits.titleLength });
const Description = Type.String({ maxLength: limits.descriptionLength });

export const PathElement = Type.Object({
  uuid: Uuid,
  parentUuid: Nullable(Uuid),
  name: Type.String(),
  syncedDatasetHash: Nullable(Uuid),
});

/** Nullable keys are always present: the official client's models require them. */
export const Folder = Type.Object({
  uuid: Uuid,
  parent: Nullable(Uuid),
  name: Type.String(),
  description: Type.String(),
  clientMetadata: Nullable(Type.String({ description: 'JSON text.' })),
  owner: Type.String({ description: 'E-mail address.' }),
  createdAt: Timestamp,
  lastEditedAt: Timestamp,
  userRole: Type.Unsafe<UserRole>({
    ...UserRole,
    description: 'What the official client knows: admin, or user for viewers and editors.',
  }),
  folderRole: Type.Unsafe<FolderRole>({
    ...FolderRole,
    description:
      'The highest role of the user here, by own membership or group, inherited from the folders above: a viewer looks, an editor also changes what is in it, an admin also shares, moves and deletes it.',
  }),
  earliestExpiry: Nullable(
    Type.String({
      format: 'date-time',
      description:
        'By when the first object URL of the items directly in the folder is dead, to the minute; null when none is known to expire.',
    }),
  ),
  syncedDatasetHash: Nullable(Uuid),
  pathToRoot: Type.Array(PathElement, { description: 'From the folder itself up to its root.' }),
});
export type Folder = Static<typeof Folder>;
export const FolderPage = Page(Folder);

export const CreateFolder = Type.Object(
  {
    name: Name,
    description: Type.Optional(Nullable(Description)),
    parent: Type.Optional(Nullable(Uuid)),
    clientMetadata: Type.Optional(
      Nullable(Type.Union([Type.String({ description: 'JSON text of an object.' }), JsonObject])),
    ),
    cloudSyncedFolderParams: Type.Optional(Type.Null()),
  },
  { additionalProperties: false },
);
export type CreateFolder = Static<typeof CreateFolder>;

export const PatchFolder = Type.Object(
  {
    name: Type.Optional(Nullable(Name)),
    description: Type.Optional(Nullable(Description)),
    clientMetadata: Type.Optional(Nullable(JsonObject)),
  },
  { additionalProperties: false },
);
export type PatchFolder = Static<typeof PatchFolder>;

export const PatchFoldersBulk = Type.Object(
  { folderPatches: Type.Record(Uuid, PatchFolder, { maxProperties: limits.bulkItems }) },
  { additionalProperties: false },
);

export const MoveFolders = Type.Object(
  {
    folderUuids: Type.Array(Uuid, { maxItems: limits.bulkItems }),
    newParentUuid: Type.Optional(Nullable(Uuid)),
  },
  { additionalProperties: false },
);

export const ListFoldersQuery = Type.Object({
  search: Type.Optional(Type.String({ maxLength: limits.searchLength })),
  isRecursive: Type.Optional(Type.Boolean()),
  datasetSynced: Type.Optional(Type.Boolean()),
  includeOrgAccess: Type.Optional(Type.Boolean()),
  ...sortQuery,
  ...pageQuery,
});
export type ListFoldersQuery = Static<typeof ListFoldersQuery>;

const Count = Type.Integer({ minimum: 0 });
export const FolderSummary = Type.Object({
  files: Count,
  folders: Count,
  videos: Count,
  images: Count,
  imageGroups: Count,
  imageSequences: Count,
  dicomFiles: Count,
  dicomSeries: Count,
  niftis: Count,
  audios: Count,
  pdfs: Count,
  plainTexts: Count,
  scenes: Count,
  timeSeries: Count,
  groups: Count,
  tombstones: Count,
  uploadJobs: Count,
  expiredItems: Type.Integer({ minimum: 0, description: 'Items whose object URL is dead, to the minute.' }),
  itemsExpiringWithin7Days: Type.Integer({ minimum: 0, description: 'Without those that are dead already.' }),
  totalSize: Type.Number({ description: 'Bytes.' }),
});
export type FolderSummary = Static<typeof FolderSummary>;

export const DeleteFolderQuery = Type.Object({
  recursive: Type.Optional(
    Type.Boolean({
      description: 'Delete the sub-folders and items as well; without it a folder must be empty.',
    }),
  ),
});

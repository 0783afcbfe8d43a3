import { type Static, Type } from 'typebox';
import { limits } from '../limits.js';
import { FolderRole, Nullable, Page, UserRole, Uuid } from './common.js';
import { Group } from './group.js';

const UserEmail = Type.String({ minLength: 1, maxLength: 320, description: 'Of a user of this server.' });

const memberProperties = { userUuid: Uuid, email: Type.String(), name: Type.String() };

/** A user with a role of his own on a dataset or an integration. */
export const Member = Type.Object({ ...memberProperties, userRole: UserRole });
export type Member = Static<typeof Member>;
export const MemberList = Type.Object({ result: Type.Array(Member) });

export const SetMember = Type.Object(
  { userEmail: UserEmail, userRole: UserRole },
  { additionalProperties: false },
);
export type SetMember = Static<typeof SetMember>;

/** Null: the role is given on the folder itself. A folder above that the caller may not see has no name here. */
const InheritedFrom = Nullable(Type.Object({ folderUuid: Nullable(Uuid), name: Nullable(Type.String()) }));
export type InheritedFrom = Static<typeof InheritedFrom>;

export const FolderMember = Type.Object({
  ...memberProperties,
  folderRole: FolderRole,
  inheritedFrom: InheritedFrom,
});
export type FolderMember = Static<typeof FolderMember>;
export const FolderMemberList = Type.Object({ result: Type.Array(FolderMember) });

export const SetFolderMember = Type.Object(
  { userEmail: UserEmail, folderRole: FolderRole },
  { additionalProperties: false },
);
export type SetFolderMember = Static<typeof SetFolderMember>;

export const ListFolderAccessQuery = Type.Object({
  includeInherited: Type.Optional(
    Type.Boolean({ description: 'Also the roles on the folders above, which hold here as well.' }),
  ),
});

const sharedGroupProperties = {
  ...Group.properties,
  isSameOrganisation: Type.Boolean({ description: 'True: a server has one organisation.' }),
};
const groupHashList = Type.Array(Uuid, { minItems: 1, maxItems: limits.bulkItems });

export const FolderGroup = Type.Object({
  ...sharedGroupProperties,
  userRole: UserRole,
  folderRole: FolderRole,
  inheritedFrom: InheritedFrom,
});
export type FolderGroup = Static<typeof FolderGroup>;
export const FolderGroupPage = Page(FolderGroup);

export const AddFolderGroups = Type.Object(
  {
    groupHashList,
    userRole: Type.Optional(
      Type.Unsafe<UserRole>({ ...UserRole, description: 'Of the official client: user is a viewer.' }),
    ),
    folderRole: Type.Optional(
      Type.Unsafe<FolderRole>({ ...FolderRole, description: 'Counts where both are given.' }),
    ),
  },
  { additionalProperties: false },
);
export type AddFolderGroups = Static<typeof AddFolderGroups>;

/** In the numbers of the official client. */
export const datasetRoleNumbers = { admin: 0, user: 1 } as const;
export const DatasetGroup = Type.Object({
  ...sharedGroupProperties,
  userRole: Type.Integer({
    enum: [0, 1],
    description: 'As the official client numbers it: 0 admin, 1 user.',
  }),
  datasetRole: UserRole,
});
export type DatasetGroup = Static<typeof DatasetGroup>;
export const DatasetGroupPage = Page(DatasetGroup);

export const AddDatasetGroups = Type.Object(
  {
    groupHashList,
    userRole: Type.Unsafe<UserRole | 0 | 1>({
      enum: ['admin', 'user', 0, 1],
      description: '0 is admin and 1 is user, as the official client numbers them.',
    }),
  },
  { additionalProperties: false },
);
export type AddDatasetGroups = Static<typeof AddDatasetGroups>;

export const IntegrationGroup = Type.Object({ ...sharedGroupProperties, userRole: UserRole });
export type IntegrationGroup = Static<typeof IntegrationGroup>;
export const IntegrationGroupPage = Page(IntegrationGroup);

export const AddIntegrationGroups = Type.Object(
  { groupHashList, userRole: UserRole },
  { additionalProperties: false },
);
export type AddIntegrationGroups = Static<typeof AddIntegrationGroups>;

export const RemoveGroupsQuery = Type.Object({ groupHashList });

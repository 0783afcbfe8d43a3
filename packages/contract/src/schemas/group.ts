import { type Static, Type } from 'typebox';
import { limits } from '../limits.js';
import { Nullable, Page, Timestamp, Uuid } from './common.js';

const Name = Type.String({ minLength: 1, maxLength: limits.titleLength });
const Description = Type.String({ maxLength: limits.descriptionLength });

const ProviderGroup = Type.String({
  minLength: 1,
  maxLength: limits.providerGroupLength,
  description:
    'Group of the identity provider: its members become members when they sign in, and leave when they do so without it.',
});

const Count = Type.Integer({ minimum: 0 });

/** A group of users; what is shared with it is shared with each of its members. */
export const Group = Type.Object({
  groupHash: Uuid,
  name: Type.String(),
  description: Type.String(),
  createdAt: Timestamp,
  membersCount: Count,
  providerGroup: Nullable(ProviderGroup),
});
export type Group = Static<typeof Group>;
export const GroupPage = Page(Group);

/** With what is shared with it. */
export const GroupUses = Type.Object({
  ...Group.properties,
  foldersCount: Count,
  datasetsCount: Count,
  integrationsCount: Count,
});
export type GroupUses = Static<typeof GroupUses>;

export const CreateGroup = Type.Object(
  {
    name: Name,
    description: Type.Optional(Nullable(Description)),
    providerGroup: Type.Optional(Nullable(ProviderGroup)),
  },
  { additionalProperties: false },
);
export type CreateGroup = Static<typeof CreateGroup>;

export const PatchGroup = Type.Object(
  {
    name: Type.Optional(Name),
    description: Type.Optional(Description),
    providerGroup: Type.Optional(Nullable(ProviderGroup)),
  },
  { additionalProperties: false },
);
export type PatchGroup = Static<typeof PatchGroup>;

export const GroupMember = Type.Object({
  userUuid: Uuid,
  email: Type.String(),
  name: Type.String(),
  isFromProvider: Type.Boolean({ description: 'By the group of the identity provider.' }),
});
export type GroupMember = Static<typeof GroupMember>;
export const GroupMemberList = Type.Object({ result: Type.Array(GroupMember) });

export const AddGroupMembers = Type.Object(
  { userUuids: Type.Array(Uuid, { minItems: 1, maxItems: limits.bulkItems }) },
  { additionalProperties: false },
);
export const AddedGroupMembers = Type.Object({
  addedCount: Type.Integer({ minimum: 0 }),
  presentCount: Type.Integer({ minimum: 0, description: 'Users that were in the group before.' }),
});
export type AddedGroupMembers = Static<typeof AddedGroupMembers>;

import { defineRoute } from '../route.js';
import {
  AddedGroupMembers,
  AddGroupMembers,
  CreateGroup,
  Group,
  GroupMemberList,
  GroupPage,
  GroupUses,
  PatchGroup,
} from '../schemas/group.js';
import { GroupMemberParams, GroupParams, prefix } from './params.js';

const tag = 'Groups';
const base = `${prefix}/groups`;

export const listGroups = defineRoute({
  operationId: 'listGroups',
  method: 'GET',
  path: `${prefix}/user/current-organisation/groups`,
  tag,
  summary: 'All groups, by name: those that one may share with. There is one page.',
  permission: 'user',
  schemas: { response: GroupPage },
});
export const createGroup = defineRoute({
  operationId: 'createGroup',
  method: 'POST',
  path: base,
  tag,
  summary: 'Create a group without members.',
  permission: 'organisation:admin',
  schemas: { body: CreateGroup, response: Group },
  errors: ['group_name_taken'],
});
export const getGroup = defineRoute({
  operationId: 'getGroup',
  method: 'GET',
  path: `${base}/{groupHash}`,
  tag,
  summary: 'One group, with how much is shared with it.',
  permission: 'organisation:admin',
  schemas: { params: GroupParams, response: GroupUses },
  errors: ['group_not_found'],
});
export const patchGroup = defineRoute({
  operationId: 'patchGroup',
  method: 'PATCH',
  path: `${base}/{groupHash}`,
  tag,
  summary:
    'Change name, description or the group of the identity provider; with the latter, those leave who came by it.',
  permission: 'organisation:admin',
  schemas: { params: GroupParams, body: PatchGroup, response: Group },
  errors: ['group_not_found', 'group_name_taken'],
});
export const deleteGroup = defineRoute({
  operationId: 'deleteGroup',
  method: 'DELETE',
  path: `${base}/{groupHash}`,
  tag,
  summary: 'Delete the group. Its members lose what is shared with them through it alone.',
  permission: 'organisation:admin',
  schemas: { params: GroupParams },
  errors: ['group_not_found'],
});
export const listGroupMembers = defineRoute({
  operationId: 'listGroupMembers',
  method: 'GET',
  path: `${base}/{groupHash}/members`,
  tag,
  summary: 'The users in the group.',
  permission: 'organisation:admin',
  schemas: { params: GroupParams, response: GroupMemberList },
  errors: ['group_not_found'],
});
export const addGroupMembers = defineRoute({
  operationId: 'addGroupMembers',
  method: 'POST',
  path: `${base}/{groupHash}/members`,
  tag,
  summary: 'Add users; those that are in the group stay. All or nothing.',
  permission: 'organisation:admin',
  schemas: { params: GroupParams, body: AddGroupMembers, response: AddedGroupMembers },
  errors: ['group_not_found', 'user_not_found'],
});
export const removeGroupMember = defineRoute({
  operationId: 'removeGroupMember',
  method: 'DELETE',
  path: `${base}/{groupHash}/members/{userUuid}`,
  tag,
  summary: 'Take a user out of the group.',
  permission: 'organisation:admin',
  schemas: { params: GroupMemberParams },
  errors: ['group_not_found', 'user_not_found'],
});

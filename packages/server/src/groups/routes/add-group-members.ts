import { addGroupMembers } from '@latchkey/contract/routes/groups';
import { defineHandler } from '../../http/handler.js';
import { addMembersToGroup } from '../members.js';

export const addGroupMembersHandler = defineHandler(addGroupMembers, (context, { caller, params, body }) =>
  addMembersToGroup(context, caller, params.groupHash, body.userUuids),
);

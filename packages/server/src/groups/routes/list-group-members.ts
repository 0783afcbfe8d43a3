import { listGroupMembers } from '@latchkey/contract/routes/groups';
import { defineHandler } from '../../http/handler.js';
import { membersOfGroup } from '../members.js';

export const listGroupMembersHandler = defineHandler(listGroupMembers, async (context, { params }) => ({
  result: await membersOfGroup(context, params.groupHash),
}));

import { removeGroupMember } from '@latchkey/contract/routes/groups';
import { defineHandler } from '../../http/handler.js';
import { removeMemberFromGroup } from '../members.js';

export const removeGroupMemberHandler = defineHandler(
  removeGroupMember,
  async (context, { caller, params }) => {
    await removeMemberFromGroup(context, caller, params.groupHash, params.userUuid);
    return undefined;
  },
);

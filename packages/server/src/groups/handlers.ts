import type { Handler } from '../http/handler.js';
import { addGroupMembersHandler } from './routes/add-group-members.js';
import { createGroupHandler } from './routes/create-group.js';
import { deleteGroupHandler } from './routes/delete-group.js';
import { getGroupHandler } from './routes/get-group.js';
import { listGroupMembersHandler } from './routes/list-group-members.js';
import { listGroupsHandler } from './routes/list-groups.js';
import { patchGroupHandler } from './routes/patch-group.js';
import { removeGroupMemberHandler } from './routes/remove-group-member.js';

export const groupHandlers: readonly Handler[] = [
  listGroupsHandler,
  createGroupHandler,
  getGroupHandler,
  patchGroupHandler,
  deleteGroupHandler,
  listGroupMembersHandler,
  addGroupMembersHandler,
  removeGroupMemberHandler,
];

import { listFolderMembers } from '@latchkey/contract/routes/sharing';
import { defineHandler } from '../../http/handler.js';
import { membersOfFolder } from '../members.js';
import { folderObject } from '../shared-objects.js';

export const listFolderMembersHandler = defineHandler(
  listFolderMembers,
  async (context, { caller, params, query }) => ({
    result: await membersOfFolder(
      context,
      caller,
      folderObject(params.folderUuid),
      query.includeInherited ?? false,
    ),
  }),
);

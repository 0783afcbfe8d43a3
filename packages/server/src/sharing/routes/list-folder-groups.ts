import { listFolderGroups } from '@latchkey/contract/routes/sharing';
import { defineHandler } from '../../http/handler.js';
import { groupsOfFolder } from '../groups.js';
import { folderObject } from '../shared-objects.js';

export const listFolderGroupsHandler = defineHandler(
  listFolderGroups,
  async (context, { caller, params, query }) => ({
    results: await groupsOfFolder(
      context,
      caller,
      folderObject(params.folderUuid),
      query.includeInherited ?? false,
    ),
  }),
);

import { addFolderGroups } from '@latchkey/contract/routes/sharing';
import { defineHandler } from '../../http/handler.js';
import { folderRoleOf, shareWithGroups } from '../groups.js';
import { folderObject } from '../shared-objects.js';

export const addFolderGroupsHandler = defineHandler(
  addFolderGroups,
  async (context, { caller, params, body }) => {
    await shareWithGroups(
      context,
      caller,
      folderObject(params.folderUuid),
      body.groupHashList,
      folderRoleOf(body),
    );
    return undefined;
  },
);

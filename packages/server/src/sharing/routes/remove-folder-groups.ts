import { removeFolderGroups } from '@latchkey/contract/routes/sharing';
import { defineHandler } from '../../http/handler.js';
import { unshareWithGroups } from '../groups.js';
import { folderObject } from '../shared-objects.js';

export const removeFolderGroupsHandler = defineHandler(
  removeFolderGroups,
  async (context, { caller, params, query }) => {
    await unshareWithGroups(context, caller, folderObject(params.folderUuid), query.groupHashList);
    return undefined;
  },
);

import { removeFolderMember } from '@latchkey/contract/routes/sharing';
import { defineHandler } from '../../http/handler.js';
import { removeMember } from '../members.js';
import { folderObject } from '../shared-objects.js';

export const removeFolderMemberHandler = defineHandler(
  removeFolderMember,
  async (context, { caller, params }) => {
    await removeMember(context, caller, folderObject(params.folderUuid), params.userUuid);
    return undefined;
  },
);

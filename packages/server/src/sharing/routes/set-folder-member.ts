import { setFolderMember } from '@latchkey/contract/routes/sharing';
import { defineHandler } from '../../http/handler.js';
import { setMember } from '../members.js';
import { folderObject } from '../shared-objects.js';
import { toFolderMember } from '../to-shared.js';

export const setFolderMemberHandler = defineHandler(
  setFolderMember,
  async (context, { caller, params, body }) =>
    toFolderMember(
      await setMember(context, caller, folderObject(params.folderUuid), body.userEmail, body.folderRole),
      null,
    ),
);

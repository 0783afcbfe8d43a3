import { removeDatasetMember } from '@latchkey/contract/routes/sharing';
import { defineHandler } from '../../http/handler.js';
import { removeMember } from '../members.js';
import { datasetObject } from '../shared-objects.js';

export const removeDatasetMemberHandler = defineHandler(
  removeDatasetMember,
  async (context, { caller, params }) => {
    await removeMember(context, caller, datasetObject(params.datasetUuid), params.userUuid);
    return undefined;
  },
);

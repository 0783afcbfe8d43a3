import { setDatasetMember } from '@latchkey/contract/routes/sharing';
import { defineHandler } from '../../http/handler.js';
import { setMember } from '../members.js';
import { datasetObject } from '../shared-objects.js';
import { toMember } from '../to-shared.js';

export const setDatasetMemberHandler = defineHandler(
  setDatasetMember,
  async (context, { caller, params, body }) =>
    toMember(
      await setMember(context, caller, datasetObject(params.datasetUuid), body.userEmail, body.userRole),
    ),
);

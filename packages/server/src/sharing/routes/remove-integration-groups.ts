import { removeIntegrationGroups } from '@latchkey/contract/routes/sharing';
import { defineHandler } from '../../http/handler.js';
import { unshareWithGroups } from '../groups.js';
import { integrationObject } from '../shared-objects.js';

export const removeIntegrationGroupsHandler = defineHandler(
  removeIntegrationGroups,
  async (context, { caller, params, query }) => {
    await unshareWithGroups(context, caller, integrationObject(params.integrationUuid), query.groupHashList);
    return undefined;
  },
);

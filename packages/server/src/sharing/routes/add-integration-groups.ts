import { addIntegrationGroups } from '@latchkey/contract/routes/sharing';
import { defineHandler } from '../../http/handler.js';
import { shareWithGroups } from '../groups.js';
import { integrationObject } from '../shared-objects.js';

export const addIntegrationGroupsHandler = defineHandler(
  addIntegrationGroups,
  async (context, { caller, params, body }) => {
    await shareWithGroups(
      context,
      caller,
      integrationObject(params.integrationUuid),
      body.groupHashList,
      body.userRole,
    );
    return undefined;
  },
);

import { addDatasetGroups } from '@latchkey/contract/routes/sharing';
import { datasetRoleNumbers } from '@latchkey/contract/schemas/sharing';
import { defineHandler } from '../../http/handler.js';
import { shareWithGroups } from '../groups.js';
import { datasetObject } from '../shared-objects.js';

export const addDatasetGroupsHandler = defineHandler(
  addDatasetGroups,
  async (context, { caller, params, body }) => {
    await shareWithGroups(
      context,
      caller,
      datasetObject(params.datasetUuid),
      body.groupHashList,
      body.userRole === 'admin' || body.userRole === datasetRoleNumbers.admin ? 'admin' : 'user',
    );
    return undefined;
  },
);

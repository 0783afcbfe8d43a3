import { removeDatasetGroups } from '@latchkey/contract/routes/sharing';
import { defineHandler } from '../../http/handler.js';
import { unshareWithGroups } from '../groups.js';
import { datasetObject } from '../shared-objects.js';

export const removeDatasetGroupsHandler = defineHandler(
  removeDatasetGroups,
  async (context, { caller, params, query }) => {
    await unshareWithGroups(context, caller, datasetObject(params.datasetUuid), query.groupHashList);
    return undefined;
  },
);

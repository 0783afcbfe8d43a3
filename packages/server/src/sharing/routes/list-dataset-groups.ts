import { listDatasetGroups } from '@latchkey/contract/routes/sharing';
import { defineHandler } from '../../http/handler.js';
import { groupsOf } from '../groups.js';
import { datasetObject } from '../shared-objects.js';
import { toDatasetGroup } from '../to-shared.js';

export const listDatasetGroupsHandler = defineHandler(listDatasetGroups, async (context, { params }) => ({
  results: (await groupsOf(context, datasetObject(params.datasetUuid))).map(toDatasetGroup),
}));

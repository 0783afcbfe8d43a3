import { listDatasetMembers } from '@latchkey/contract/routes/sharing';
import { defineHandler } from '../../http/handler.js';
import { membersOf } from '../members.js';
import { datasetObject } from '../shared-objects.js';

export const listDatasetMembersHandler = defineHandler(listDatasetMembers, async (context, { params }) => ({
  result: await membersOf(context, datasetObject(params.datasetUuid)),
}));

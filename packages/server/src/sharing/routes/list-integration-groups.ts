import { listIntegrationGroups } from '@latchkey/contract/routes/sharing';
import { defineHandler } from '../../http/handler.js';
import { groupsOf } from '../groups.js';
import { integrationObject } from '../shared-objects.js';
import { toIntegrationGroup } from '../to-shared.js';

export const listIntegrationGroupsHandler = defineHandler(
  listIntegrationGroups,
  async (context, { params }) => ({
    results: (await groupsOf(context, integrationObject(params.integrationUuid))).map(toIntegrationGroup),
  }),
);

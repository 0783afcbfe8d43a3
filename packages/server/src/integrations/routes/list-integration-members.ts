import { listIntegrationMembers } from '@latchkey/contract/routes/integrations';
import { defineHandler } from '../../http/handler.js';
import { membersOf } from '../../sharing/members.js';
import { integrationObject } from '../../sharing/shared-objects.js';

export const listIntegrationMembersHandler = defineHandler(
  listIntegrationMembers,
  async (context, { params }) => ({
    result: await membersOf(context, integrationObject(params.integrationUuid)),
  }),
);

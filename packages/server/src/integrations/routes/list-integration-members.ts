import { listIntegrationMembers } from '@latchkey/contract/routes/integrations';
import { defineHandler } from '../../http/handler.js';
import { membersOf } from '../members.js';

export const listIntegrationMembersHandler = defineHandler(
  listIntegrationMembers,
  async (context, { params }) => ({ result: await membersOf(context, params.integrationUuid) }),
);

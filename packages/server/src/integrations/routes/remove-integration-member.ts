import { removeIntegrationMember } from '@latchkey/contract/routes/integrations';
import { defineHandler } from '../../http/handler.js';
import { removeMember } from '../members.js';

export const removeIntegrationMemberHandler = defineHandler(
  removeIntegrationMember,
  async (context, { caller, params }) => {
    await removeMember(context, caller, params.integrationUuid, params.userUuid);
    return undefined;
  },
);

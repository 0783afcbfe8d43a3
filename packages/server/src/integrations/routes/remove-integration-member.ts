import { removeIntegrationMember } from '@latchkey/contract/routes/integrations';
import { defineHandler } from '../../http/handler.js';
import { removeMember } from '../../sharing/members.js';
import { integrationObject } from '../../sharing/shared-objects.js';

export const removeIntegrationMemberHandler = defineHandler(
  removeIntegrationMember,
  async (context, { caller, params }) => {
    await removeMember(context, caller, integrationObject(params.integrationUuid), params.userUuid);
    return undefined;
  },
);

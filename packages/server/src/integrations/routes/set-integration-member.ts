import { setIntegrationMember } from '@latchkey/contract/routes/integrations';
import { defineHandler } from '../../http/handler.js';
import { setMember } from '../../sharing/members.js';
import { integrationObject } from '../../sharing/shared-objects.js';
import { toMember } from '../../sharing/to-shared.js';

export const setIntegrationMemberHandler = defineHandler(
  setIntegrationMember,
  async (context, { caller, params, body }) => {
    const integration = integrationObject(params.integrationUuid);
    return toMember(await setMember(context, caller, integration, body.userEmail, body.userRole));
  },
);

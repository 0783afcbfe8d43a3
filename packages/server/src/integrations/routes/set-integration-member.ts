import { setIntegrationMember } from '@latchkey/contract/routes/integrations';
import { defineHandler } from '../../http/handler.js';
import { setMember } from '../members.js';

export const setIntegrationMemberHandler = defineHandler(
  setIntegrationMember,
  (context, { caller, params, body }) => setMember(context, caller, params.integrationUuid, body),
);

import { patchIntegration } from '@latchkey/contract/routes/integrations';
import { defineHandler } from '../../http/handler.js';
import { changeIntegration } from '../service.js';

export const patchIntegrationHandler = defineHandler(patchIntegration, (context, { caller, params, body }) =>
  changeIntegration(context, caller, params.integrationUuid, body),
);

import { getIntegration } from '@latchkey/contract/routes/integrations';
import { defineHandler } from '../../http/handler.js';
import { getIntegrationFor } from '../service.js';

export const getIntegrationHandler = defineHandler(getIntegration, (context, { caller, params }) =>
  getIntegrationFor(context, caller, params.integrationUuid),
);

import { addIntegrationOrigins } from '@latchkey/contract/routes/integrations';
import { defineHandler } from '../../http/handler.js';
import { addOrigins } from '../add-origins.js';

export const addIntegrationOriginsHandler = defineHandler(
  addIntegrationOrigins,
  async (context, { caller, params, body }) => ({
    added: await addOrigins(context, caller, params.integrationUuid, body.origins),
  }),
);

import { createIntegration } from '@latchkey/contract/routes/integrations';
import { defineHandler } from '../../http/handler.js';
import { createIntegrationFor } from '../service.js';

export const createIntegrationHandler = defineHandler(createIntegration, (context, { caller, body }) =>
  createIntegrationFor(context, caller, body),
);

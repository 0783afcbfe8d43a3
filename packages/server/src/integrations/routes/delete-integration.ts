import { deleteIntegration } from '@latchkey/contract/routes/integrations';
import { defineHandler } from '../../http/handler.js';
import { removeIntegration } from '../service.js';

export const deleteIntegrationHandler = defineHandler(
  deleteIntegration,
  async (context, { caller, params, query }) => {
    await removeIntegration(context, caller, params.integrationUuid, query.force ?? false);
    return undefined;
  },
);

import { listIntegrations } from '@latchkey/contract/routes/integrations';
import { defineHandler } from '../../http/handler.js';
import { listIntegrationsFor } from '../service.js';

export const listIntegrationsHandler = defineHandler(
  listIntegrations,
  async (context, { caller, query }) => ({
    result: await listIntegrationsFor(context, caller, {
      uuids: query.filterIntegrationUuids ?? null,
      titles: query.filterIntegrationTitles ?? null,
      includeOrgAccess: query.includeOrgAccess ?? false,
    }),
  }),
);

import { listIntegrations } from '@latchkey/contract/routes/integrations';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { transport } from './api.js';
import { orgAccess } from './session.js';

export const integrationsQuery = queryOptions({
  queryKey: ['integrations', 'list'],
  queryFn: async ({ signal }) =>
    (await transport.call(listIntegrations, { query: orgAccess(), signal })).result,
});

/** The integrations that the user is a member of; for an organisation admin all of them. */
export const useIntegrations = () => useQuery(integrationsQuery);

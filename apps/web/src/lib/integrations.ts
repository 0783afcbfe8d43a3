import { listIntegrations } from '@latchkey/contract/routes/integrations';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { transport } from './api.js';

export const integrationsQuery = queryOptions({
  queryKey: ['integrations', 'list'],
  queryFn: async ({ signal }) => (await transport.call(listIntegrations, { signal })).result,
});

/** The integrations that the user is a member of. */
export const useIntegrations = () => useQuery(integrationsQuery);

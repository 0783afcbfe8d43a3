import {
  listIntegrationMembers,
  removeIntegrationMember,
  setIntegrationMember,
} from '@latchkey/contract/routes/integrations';
import type { SetIntegrationMember } from '@latchkey/contract/schemas/integration';
import { useQuery } from '@tanstack/react-query';
import { transport } from '../../../lib/api.js';
import { useIntegrationMutation } from '../use-integration-mutation.js';

/** Below the key of the integrations: whatever changes them has it read again. */
export const useMembers = (integrationUuid: string) =>
  useQuery({
    queryKey: ['integrations', integrationUuid, 'members'],
    queryFn: async ({ signal }) =>
      (await transport.call(listIntegrationMembers, { params: { integrationUuid }, signal })).result,
  });

export const useSetMember = (integrationUuid: string, onSuccess: () => void) =>
  useIntegrationMutation(
    (body: SetIntegrationMember) =>
      transport.call(setIntegrationMember, { params: { integrationUuid }, body }),
    onSuccess,
  );

export const useRemoveMember = (integrationUuid: string) =>
  useIntegrationMutation(
    (userUuid: string) => transport.call(removeIntegrationMember, { params: { integrationUuid, userUuid } }),
    () => undefined,
  );

import { listWebhooks } from '@latchkey/contract/routes/webhooks';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { transport } from '../../lib/api.js';

export function useWebhooks() {
  return useQuery({
    queryKey: ['webhooks'],
    queryFn: async ({ signal }) => (await transport.call(listWebhooks, { signal })).results,
  });
}

/** A change of webhooks or their deliveries: afterwards both are read again. */
export function useWebhookMutation<Result, Variables = void>(
  mutationFn: (variables: Variables) => Promise<Result>,
  onSuccess: (result: Result) => void = () => undefined,
) {
  const client = useQueryClient();
  return useMutation({
    mutationFn,
    onSuccess: async (result) => {
      await client.invalidateQueries({ queryKey: ['webhooks'] });
      onSuccess(result);
    },
  });
}

import { useMutation, useQueryClient } from '@tanstack/react-query';

/** A change of integrations: afterwards their list is read again, and the session for its data hosts. */
export function useIntegrationMutation<Result, Variables = void>(
  mutationFn: (variables: Variables) => Promise<Result>,
  onSuccess: (result: Result) => void,
) {
  const client = useQueryClient();
  return useMutation({
    mutationFn,
    onSuccess: async (result) => {
      await Promise.all([
        client.invalidateQueries({ queryKey: ['integrations'] }),
        client.invalidateQueries({ queryKey: ['session'] }),
      ]);
      onSuccess(result);
    },
  });
}

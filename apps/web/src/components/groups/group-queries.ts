import { listGroups } from '@latchkey/contract/routes/groups';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { transport } from '../../lib/api.js';

/** All groups, by name. */
export const useGroups = () =>
  useQuery({
    queryKey: ['groups', 'list'],
    queryFn: async ({ signal }) => (await transport.call(listGroups, { signal })).results,
  });

/** A change of groups or of who is in them: all that shows them is read again. */
export function useGroupMutation<Result, Variables = void>(
  mutationFn: (variables: Variables) => Promise<Result>,
  onSuccess: (result: Result) => void,
) {
  const client = useQueryClient();
  return useMutation({
    mutationFn,
    onSuccess,
    onSettled: () => client.invalidateQueries({ queryKey: ['groups'] }),
  });
}

import { previewHandOver } from '@latchkey/contract/routes/users';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { transport } from '../../lib/api.js';
import { sessionQuery } from '../../lib/session.js';

export interface UserDialogProps {
  readonly user: { readonly uuid: string; readonly email: string };
  readonly onClose: () => void;
}

/** A change of a user, who may be the one signed in: what shows users and their links is read again. */
export function useUserMutation<Result, Variables = void>(
  mutationFn: (variables: Variables) => Promise<Result>,
  onSuccess: (result: Result) => void,
) {
  const client = useQueryClient();
  return useMutation({
    mutationFn,
    onSuccess,
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ['users'] }),
        client.invalidateQueries({ queryKey: ['one-time-links'] }),
        client.invalidateQueries(sessionQuery),
      ]),
  });
}

export const useHandOverPreview = (userUuid: string) =>
  useQuery({
    queryKey: ['users', userUuid, 'hand-over'],
    queryFn: ({ signal }) => transport.call(previewHandOver, { params: { userUuid }, signal }),
  });

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Role, SharedEntry, Sharing } from './sharing.js';

export const useSharedEntries = ({ queryKey, list }: Sharing) =>
  useQuery({ queryKey, queryFn: ({ signal }) => list(signal) });

export type SharingChange =
  | { readonly kind: 'user' | 'group'; readonly name: string; readonly role: Role }
  | { readonly kind: 'removal'; readonly entry: SharedEntry };

/** Afterwards all that is about such objects is read again, and the session for its data hosts. */
export function useSharingChange(sharing: Sharing) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (change: SharingChange) => {
      if (change.kind === 'removal') return sharing.remove(change.entry);
      return change.kind === 'user'
        ? sharing.setUser(change.name, change.role)
        : sharing.setGroup(change.name, change.role);
    },
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: [sharing.queryKey[0]] }),
        client.invalidateQueries({ queryKey: ['session'] }),
      ]),
  });
}

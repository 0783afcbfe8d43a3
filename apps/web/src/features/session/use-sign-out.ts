import { signOut } from '@latchkey/contract/routes/session';
import { useMutation } from '@tanstack/react-query';
import { transport } from '../../lib/api.js';

/** Ends the session and loads the sign-in page as a new document, so that nothing of the user stays in memory. */
export function useSignOut() {
  return useMutation({
    mutationFn: () => transport.call(signOut),
    onSuccess: () => window.location.assign('/sign-in'),
  });
}

import { ApiError } from '@latchkey/sdk/errors';
import { createTransport } from '@latchkey/sdk/transport';
import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';

/** Calls the server that the page came from; the session cookie authenticates. */
export const transport = createTransport({ baseUrl: '' });

/** They are about who wants to sign in. */
const signInCodes: readonly string[] = ['invalid_credentials', 'second_factor_required'];
const isSignedOut = (error: unknown): boolean =>
  error instanceof ApiError && error.status === 401 && !signInCodes.includes(error.code);

function onError(error: unknown): void {
  if (isSignedOut(error)) void queryClient.invalidateQueries({ queryKey: ['session'] });
}

/** The transport repeats what may be repeated, so queries do not. */
export const queryClient: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError }),
  mutationCache: new MutationCache({ onError }),
  defaultOptions: {
    // A server on this machine or in this house answers also when the browser takes itself for offline. Else requests
    // would wait, and nothing would say so.
    queries: { staleTime: 10_000, retry: false, networkMode: 'always', refetchOnReconnect: true },
    mutations: { networkMode: 'always' },
  },
});

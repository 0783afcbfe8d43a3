import { getSignInMethods } from '@latchkey/contract/routes/single-sign-on';
import { useQuery } from '@tanstack/react-query';
import { transport } from './api.js';

/** How one can sign in to this server. */
export const useSignInMethods = () =>
  useQuery({
    queryKey: ['sign-in-methods'],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: ({ signal }) => transport.call(getSignInMethods, { signal }),
  });

import { listUsers } from '@latchkey/contract/routes/session';
import { useQuery } from '@tanstack/react-query';
import { transport } from './api.js';

/** All users, for organisation admins. */
export const useUsers = () =>
  useQuery({
    queryKey: ['users'],
    queryFn: async ({ signal }) => (await transport.call(listUsers, { signal })).result,
  });

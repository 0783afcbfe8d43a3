import type { ResponseOf } from '@latchkey/contract/route';
import { getSession } from '@latchkey/contract/routes/session';
import type { User } from '@latchkey/contract/schemas/user';
import { queryOptions, useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { queryClient, transport } from './api.js';

export type SessionState = ResponseOf<typeof getSession>;

/** The Content-Security-Policy of a page is fixed when it loads: these are the data hosts it was loaded with. */
let hostsOfThisPage: ReadonlySet<string> | undefined;

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  staleTime: 60_000,
  queryFn: async ({ signal }) => {
    const session = await transport.call(getSession, { signal });
    hostsOfThisPage ??= new Set(session.dataHosts);
    return session;
  },
});

export const useSession = () => useQuery(sessionQuery);

/** The signed-in user; for pages inside the part of the app that needs one. */
export function useCurrentUser(): User {
  const { user } = useSuspenseQuery(sessionQuery).data;
  if (!user) throw new Error('Nobody is signed in.');
  return user;
}

/** What lists send so that an organisation admin finds also what is not shared with them. */
export function orgAccess(): { includeOrgAccess?: true } {
  const user = queryClient.getQueryData(sessionQuery.queryKey)?.user;
  return user?.organisationRole === 'admin' ? { includeOrgAccess: true } : {};
}

/** True when the server would now let the page load data from a host that the loaded page may not. */
export async function pageLacksDataHosts(): Promise<boolean> {
  const session = await queryClient.fetchQuery({ ...sessionQuery, staleTime: 0 });
  return session.dataHosts.some((host) => !hostsOfThisPage?.has(host));
}

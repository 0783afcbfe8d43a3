import { endOtherSessions, endSession, listSessions } from '@latchkey/contract/routes/sessions';
import type { UserSession } from '@latchkey/contract/schemas/session';
import { Badge, Button, Loader, Table, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ErrorNotice } from '../../components/error-notice.js';
import { RelativeTime } from '../../components/relative-time.js';
import { actionsColumn, ScrollingTable } from '../../components/scrolling-table.js';
import { transport } from '../../lib/api.js';
import { focusFirst } from '../../lib/focus-first.js';
import { Section } from './section.js';
import { describeBrowser } from './user-agent.js';

const queryKey = ['sessions'];
const methods: Readonly<Record<UserSession['method'], string>> = {
  password: 'Password',
  passkey: 'Passkey',
  singleSignOn: 'Single sign-on',
  link: 'One-time link',
};

export function SessionsSection() {
  const client = useQueryClient();
  const sessions = useQuery({
    queryKey,
    queryFn: async ({ signal }) => (await transport.call(listSessions, { signal })).result,
  });
  const ending = useMutation({
    mutationFn: (sessionUuid: string | null) =>
      sessionUuid === null
        ? transport.call(endOtherSessions)
        : transport.call(endSession, { params: { sessionUuid } }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey });
      focusFirst('#end-other-sessions:enabled', '#change-password');
    },
  });
  const hasOthers = sessions.data?.some(({ isCurrent }) => !isCurrent) ?? false;
  return (
    <Section
      title="Sessions"
      description="Where you are signed in. Sign out what you do not know, and change your password then."
      action={
        <Button
          id="end-other-sessions"
          variant="default"
          style={{ flexShrink: 0 }}
          disabled={!hasOthers}
          loading={ending.isPending && ending.variables === null}
          onClick={() => ending.mutate(null)}
        >
          Sign out all others
        </Button>
      }
    >
      <ErrorNotice error={sessions.error} title="The sessions could not be loaded" />
      <ErrorNotice error={ending.error} title="The session was not signed out" />
      {sessions.isPending && <Loader size="sm" aria-label="Loading the sessions" />}
      {sessions.data?.length === 0 && <Text size="sm">You are signed in nowhere else.</Text>}
      {sessions.data && sessions.data.length > 0 && (
        <ScrollingTable
          label="Sessions"
          minWidth={620}
          columns={['Browser', 'Address', 'Signed in', 'Last used', actionsColumn]}
        >
          {sessions.data.map((session) => (
            <SessionRow
              key={session.uuid}
              session={session}
              isEnding={ending.isPending && ending.variables === session.uuid}
              onEnd={() => ending.mutate(session.uuid)}
            />
          ))}
        </ScrollingTable>
      )}
    </Section>
  );
}

interface SessionRowProps {
  readonly session: UserSession;
  readonly isEnding: boolean;
  readonly onEnd: () => void;
}

function SessionRow({ session, isEnding, onEnd }: SessionRowProps) {
  const browser = describeBrowser(session.userAgent);
  return (
    <Table.Tr>
      <Table.Td fw={600} title={session.userAgent ?? undefined}>
        {browser}
      </Table.Td>
      <Table.Td>{session.network ?? 'Unknown'}</Table.Td>
      <Table.Td>
        <RelativeTime timestamp={session.createdAt} />
        <Text size="xs" c="dimmed">
          {methods[session.method]}
        </Text>
      </Table.Td>
      <Table.Td>
        <RelativeTime timestamp={session.lastUsedAt} />
      </Table.Td>
      <Table.Td ta="right">
        {session.isCurrent ? (
          <Badge variant="light">This one</Badge>
        ) : (
          <Button
            variant="subtle"
            size="compact-sm"
            aria-label={`Sign out ${browser}, ${session.network ?? 'unknown address'}`}
            loading={isEnding}
            onClick={onEnd}
          >
            Sign out
          </Button>
        )}
      </Table.Td>
    </Table.Tr>
  );
}

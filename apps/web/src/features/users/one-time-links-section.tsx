import { listOneTimeLinks, revokeOneTimeLink } from '@latchkey/contract/routes/one-time-links';
import type { OneTimeLink } from '@latchkey/contract/schemas/one-time-link';
import { Badge, Button, Stack, Table, Text, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ErrorNotice } from '../../components/error-notice.js';
import { RelativeTime } from '../../components/relative-time.js';
import { actionsColumn, ScrollingTable } from '../../components/scrolling-table.js';
import { transport } from '../../lib/api.js';

const queryKey = ['one-time-links'];

/** Links that nobody has used yet. */
export function OneTimeLinksSection() {
  const client = useQueryClient();
  const links = useQuery({
    queryKey,
    queryFn: async ({ signal }) => (await transport.call(listOneTimeLinks, { signal })).result,
  });
  const revocation = useMutation({
    mutationFn: (linkUuid: string) => transport.call(revokeOneTimeLink, { params: { linkUuid } }),
    onSettled: () => client.invalidateQueries({ queryKey }),
  });
  if (links.data?.length === 0) return null;
  return (
    <Stack component="section" aria-labelledby="one-time-links" gap="xs" mt="xl">
      <Title order={2} size="h4" id="one-time-links">
        Open invitations and links
      </Title>
      <Text size="sm" c="dimmed">
        Each works once. A new one for the same person takes the place of the one before.
      </Text>
      <ErrorNotice error={links.error} title="The links could not be loaded" />
      <ErrorNotice error={revocation.error} title="The link was not revoked" />
      {links.data && (
        <ScrollingTable
          label="Open invitations and links"
          minWidth={620}
          columns={['E-mail address', 'For', 'Made by', 'Expires', actionsColumn]}
        >
          {links.data.map((link) => (
            <LinkRow
              key={link.uuid}
              link={link}
              isPending={revocation.isPending && revocation.variables === link.uuid}
              onRevoke={() => revocation.mutate(link.uuid)}
            />
          ))}
        </ScrollingTable>
      )}
    </Stack>
  );
}

interface LinkRowProps {
  readonly link: OneTimeLink;
  readonly isPending: boolean;
  readonly onRevoke: () => void;
}

function LinkRow({ link, isPending, onRevoke }: LinkRowProps) {
  const role = link.organisationRole === 'admin' ? 'administrator' : 'member';
  return (
    <Table.Tr>
      <Table.Td fw={600}>{link.email}</Table.Td>
      <Table.Td>{link.kind === 'invitation' ? `Invitation as ${role}` : 'New password'}</Table.Td>
      <Table.Td>{link.createdBy}</Table.Td>
      <Table.Td>
        {link.isExpired ? <Badge color="gray">Expired</Badge> : <RelativeTime timestamp={link.expiresAt} />}
      </Table.Td>
      <Table.Td ta="right">
        <Button
          variant="subtle"
          color="red"
          size="compact-sm"
          aria-label={`Revoke the link for ${link.email}`}
          loading={isPending}
          onClick={onRevoke}
        >
          {link.isExpired ? 'Remove' : 'Revoke'}
        </Button>
      </Table.Td>
    </Table.Tr>
  );
}

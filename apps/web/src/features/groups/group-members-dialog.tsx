import { addGroupMembers, listGroupMembers, removeGroupMember } from '@latchkey/contract/routes/groups';
import type { Group, GroupMember } from '@latchkey/contract/schemas/group';
import { ActionIcon, Modal, Stack, Table, Text } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { CenteredLoader } from '../../components/centered-loader.js';
import { ErrorNotice } from '../../components/error-notice.js';
import { useGroupMutation } from '../../components/groups/group-queries.js';
import { actionsColumn, ScrollingTable } from '../../components/scrolling-table.js';
import { UserName } from '../../components/user-name.js';
import { transport } from '../../lib/api.js';
import { AddUsersForm } from './add-users-form.js';

/** Who is in a group. */
export function GroupMembersDialog({
  group: { groupHash, name },
  onClose,
}: {
  readonly group: Group;
  readonly onClose: () => void;
}) {
  const members = useQuery({
    queryKey: ['groups', groupHash, 'members'],
    queryFn: async ({ signal }) =>
      (await transport.call(listGroupMembers, { params: { groupHash }, signal })).result,
  });
  const addition = useGroupMutation(
    (userUuids: string[]) => transport.call(addGroupMembers, { params: { groupHash }, body: { userUuids } }),
    () => undefined,
  );
  const removal = useGroupMutation(
    (userUuid: string) => transport.call(removeGroupMember, { params: { groupHash, userUuid } }),
    () => undefined,
  );
  const isBusy = addition.isPending || removal.isPending;
  return (
    <Modal
      opened
      onClose={onClose}
      title={`Members of ${name}`}
      size="lg"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <Stack mih={320}>
        <Text size="sm">What is shared with the group is shared with each of its members.</Text>
        <AddUsersForm
          present={members.data ?? []}
          isPending={addition.isPending}
          onAdd={(userUuids, onAdded) => {
            removal.reset();
            addition.mutate(userUuids, { onSuccess: onAdded });
          }}
        />
        <ErrorNotice error={members.error} title="The members could not be loaded" />
        <ErrorNotice error={addition.error ?? removal.error} title="The members were not changed" />
        {members.isPending && <CenteredLoader label="Loading the members" height={80} />}
        {members.data?.length === 0 && <Text c="dimmed">Nobody is in the group yet.</Text>}
        {members.data && members.data.length > 0 && (
          <MembersTable
            members={members.data}
            isBusy={isBusy}
            onRemove={({ userUuid }) => {
              addition.reset();
              removal.mutate(userUuid);
            }}
          />
        )}
      </Stack>
    </Modal>
  );
}

function MembersTable({
  members,
  isBusy,
  onRemove,
}: {
  readonly members: readonly GroupMember[];
  readonly isBusy: boolean;
  readonly onRemove: (member: GroupMember) => void;
}) {
  return (
    <ScrollingTable label="Members" minWidth={320} columns={['Member', actionsColumn]}>
      {members.map((member) => (
        <Table.Tr key={member.userUuid}>
          <Table.Td style={{ overflowWrap: 'anywhere' }}>
            <UserName name={member.name} email={member.email} />
            {member.isFromProvider && (
              <Text size="xs" c="dimmed">
                By the group of the identity provider
              </Text>
            )}
          </Table.Td>
          <Table.Td w={48}>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={`Remove ${member.email}`}
              disabled={isBusy}
              onClick={() => onRemove(member)}
            >
              <IconX size={16} aria-hidden />
            </ActionIcon>
          </Table.Td>
        </Table.Tr>
      ))}
    </ScrollingTable>
  );
}

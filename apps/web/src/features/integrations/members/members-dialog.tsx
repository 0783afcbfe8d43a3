import type { Integration } from '@latchkey/contract/schemas/integration';
import { Modal, Stack, Text } from '@mantine/core';
import { CenteredLoader } from '../../../components/centered-loader.js';
import { ErrorNotice } from '../../../components/error-notice.js';
import { AddMemberForm } from './add-member-form.js';
import { MembersTable } from './members-table.js';
import { useMembers, useRemoveMember, useSetMember } from './use-members.js';

/** Who may use an integration, and who may change it. */
export function MembersDialog({
  integration: { integrationUuid, title },
  onClose,
}: {
  readonly integration: Integration;
  readonly onClose: () => void;
}) {
  const members = useMembers(integrationUuid);
  const change = useSetMember(integrationUuid, () => undefined);
  const removal = useRemoveMember(integrationUuid);
  return (
    <Modal
      opened
      onClose={onClose}
      title={`Members of ${title}`}
      size="lg"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <Stack mih={260}>
        <Text size="sm">
          Users import through the integration and open its data; administrators also change it. Whoever may
          see a folder opens its items without being a member.
        </Text>
        <AddMemberForm integrationUuid={integrationUuid} />
        <ErrorNotice error={members.error} title="The members could not be loaded" />
        <ErrorNotice error={change.error ?? removal.error} title="The members were not changed" />
        {members.isPending && <CenteredLoader label="Loading the members" height={80} />}
        {members.data && (
          <MembersTable
            members={members.data}
            isBusy={change.isPending || removal.isPending}
            onSetRole={({ email }, userRole) => {
              removal.reset();
              change.mutate({ userEmail: email, userRole });
            }}
            onRemove={({ userUuid }) => {
              change.reset();
              removal.mutate(userUuid);
            }}
          />
        )}
      </Stack>
    </Modal>
  );
}

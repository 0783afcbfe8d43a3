import { Modal, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { CenteredLoader } from '../centered-loader.js';
import { ErrorNotice } from '../error-notice.js';
import { ShareForm } from './share-form.js';
import { SharedTable } from './shared-table.js';
import type { Sharing } from './sharing.js';
import { useSharedEntries, useSharingChange } from './use-sharing.js';

/** With which users and groups something is shared, and in which roles. The children say what the roles mean. */
export function SharingDialog({
  title,
  sharing,
  onClose,
  children,
}: {
  readonly title: string;
  readonly sharing: Sharing;
  readonly onClose: () => void;
  readonly children: ReactNode;
}) {
  const entries = useSharedEntries(sharing);
  const addition = useSharingChange(sharing);
  const change = useSharingChange(sharing);
  return (
    <Modal opened onClose={onClose} title={title} size="lg" closeButtonProps={{ 'aria-label': 'Close' }}>
      <Stack mih={320}>
        <Text size="sm">{children}</Text>
        <ShareForm
          roles={sharing.roles}
          isPending={addition.isPending}
          onAdd={(added, onAdded) => {
            change.reset();
            addition.mutate(added, { onSuccess: onAdded });
          }}
        />
        <ErrorNotice error={addition.error} title="Nobody was added" />
        <ErrorNotice error={entries.error} title="The members could not be loaded" />
        <ErrorNotice error={change.error} title="The members were not changed" />
        {entries.isPending && <CenteredLoader label="Loading the members" height={80} />}
        {entries.data && (
          <SharedTable
            entries={entries.data}
            roles={sharing.roles}
            isBusy={addition.isPending || change.isPending}
            onChange={(changed) => {
              addition.reset();
              change.mutate(changed);
            }}
          />
        )}
      </Stack>
    </Modal>
  );
}

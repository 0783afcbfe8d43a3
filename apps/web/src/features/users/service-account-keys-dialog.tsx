import { Button, Group, Modal, Stack, Text, Title } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { ApiTokens } from '../../components/credentials/api-tokens.js';
import { SshKeys } from '../../components/credentials/ssh-keys.js';
import { credentialsOf } from './service-account-credentials.js';

export function ServiceAccountKeysDialog({
  user,
  onClose,
}: {
  readonly user: { readonly uuid: string; readonly name: string };
  readonly onClose: () => void;
}) {
  const [open, setOpen] = useState<'token' | 'key' | null>(null);
  const source = credentialsOf(user.uuid);
  const close = () => setOpen(null);
  return (
    <Modal
      opened
      onClose={onClose}
      title={`Keys and tokens of ${user.name}`}
      size="xl"
      closeOnEscape={open === null}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <Stack gap="xl">
        <Text size="sm">Whoever has one of them acts as the service account.</Text>
        <Part
          title="API tokens"
          buttonId="create-token"
          buttonLabel="Create token"
          onAdd={() => setOpen('token')}
        >
          <ApiTokens source={source} isCreating={open === 'token'} onClose={close} />
        </Part>
        <Part title="SSH keys" buttonId="add-ssh-key" buttonLabel="Add SSH key" onAdd={() => setOpen('key')}>
          <SshKeys source={source} isAdding={open === 'key'} onClose={close} />
        </Part>
      </Stack>
    </Modal>
  );
}

interface PartProps {
  readonly title: string;
  readonly buttonId: string;
  readonly buttonLabel: string;
  readonly onAdd: () => void;
  readonly children: ReactNode;
}

function Part({ title, buttonId, buttonLabel, onAdd, children }: PartProps) {
  return (
    <Stack gap="xs">
      <Group justify="space-between">
        <Title order={3} size="h5">
          {title}
        </Title>
        <Button
          id={buttonId}
          variant="default"
          leftSection={<IconPlus size={16} aria-hidden />}
          onClick={onAdd}
        >
          {buttonLabel}
        </Button>
      </Group>
      {children}
    </Stack>
  );
}

import { Alert, Button, Group, Modal, Select, Stack, Text, TextInput } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { CopyField } from '../copy-field.js';
import { ErrorNotice } from '../error-notice.js';
import { type CredentialSource, tokensKey } from './credential-source.js';

const lifetimes = [
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
  { value: '365', label: '1 year' },
  { value: 'never', label: 'Never' },
] as const;

const scopes = [
  { value: 'all', label: 'All that the user may do' },
  { value: 'read', label: 'Read only' },
] as const;
type Scope = (typeof scopes)[number]['value'];
const isScope = (value: string | null): value is Scope => scopes.some((scope) => scope.value === value);

export function CreateTokenDialog({
  source,
  opened,
  onClose,
}: {
  readonly source: CredentialSource;
  readonly opened: boolean;
  readonly onClose: () => void;
}) {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title="Create token"
      size="lg"
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <CreateTokenForm source={source} onClose={onClose} />
    </Modal>
  );
}

function CreateTokenForm({
  source,
  onClose,
}: {
  readonly source: CredentialSource;
  readonly onClose: () => void;
}) {
  const client = useQueryClient();
  const [title, setTitle] = useState('');
  const [lifetime, setLifetime] = useState<string>('90');
  const [scope, setScope] = useState<Scope>('all');
  const creation = useMutation({
    mutationFn: () =>
      source.createToken({
        title: title.trim(),
        scope,
        ...(lifetime !== 'never' && { expiresInDays: Number(lifetime) }),
      }),
    onSuccess: () => client.invalidateQueries({ queryKey: tokensKey(source) }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    creation.mutate();
  };
  if (creation.data) return <CreatedToken token={creation.data.token} onClose={onClose} />;
  return (
    <form onSubmit={submit}>
      <Stack>
        <TextInput
          label="Title"
          required
          data-autofocus
          maxLength={200}
          value={title}
          onChange={(event) => setTitle(event.currentTarget.value)}
        />
        <Select
          label="Expires after"
          data={lifetimes}
          allowDeselect={false}
          value={lifetime}
          onChange={(value) => setLifetime(value ?? '90')}
        />
        <Select
          label="May do"
          data={scopes}
          allowDeselect={false}
          value={scope}
          onChange={(value) => isScope(value) && setScope(value)}
        />
        <ErrorNotice error={creation.error} title="The token was not created" />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={creation.isPending} disabled={title.trim() === ''}>
            Create token
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function CreatedToken({ token, onClose }: { readonly token: string; readonly onClose: () => void }) {
  return (
    <Stack>
      <Alert icon={<IconInfoCircle aria-hidden />} role="status">
        <Text size="sm">Copy the token now. It is not shown again.</Text>
      </Alert>
      <CopyField label="Token" value={token} />
      <Group justify="flex-end">
        <Button onClick={onClose}>Done</Button>
      </Group>
    </Stack>
  );
}

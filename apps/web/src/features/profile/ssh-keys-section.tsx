import { deleteSshKey, listSshKeys } from '@latchkey/contract/routes/session';
import { Button, Code, Loader, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ErrorNotice } from '../../components/error-notice.js';
import { transport } from '../../lib/api.js';
import { AddSshKeyDialog } from './add-ssh-key-dialog.js';
import { CredentialsTable } from './credentials-table.js';
import { Section } from './section.js';

export function SshKeysSection() {
  const [isAdding, setAdding] = useState(false);
  const keys = useQuery({
    queryKey: ['ssh-keys'],
    queryFn: async ({ signal }) => (await transport.call(listSshKeys, { signal })).result,
  });
  return (
    <Section
      title="SSH keys"
      description="The Python client and the command line sign requests with the private key; only the public key is stored here."
      action={
        <Button
          id="add-ssh-key"
          style={{ flexShrink: 0 }}
          leftSection={<IconPlus size={16} aria-hidden />}
          onClick={() => setAdding(true)}
        >
          Add SSH key
        </Button>
      }
    >
      <ErrorNotice error={keys.error} title="The keys could not be loaded" />
      {keys.isPending && <Loader size="sm" aria-label="Loading the keys" />}
      {keys.data?.length === 0 && (
        <Text size="sm">
          No keys yet. Make a key pair with <Code>latchkey key new</Code> or{' '}
          <Code>ssh-keygen -t ed25519</Code> and add the public part.
        </Text>
      )}
      {keys.data && keys.data.length > 0 && (
        <CredentialsTable
          label="SSH keys"
          queryKey="ssh-keys"
          addButtonId="add-ssh-key"
          kind="SSH key"
          detailHeading="Fingerprint"
          rows={keys.data.map((key) => ({ ...key, detail: <Code>{key.fingerprint}</Code> }))}
          consequence="Clients that sign with it are refused from now on."
          onDelete={(keyUuid) => transport.call(deleteSshKey, { params: { keyUuid } })}
        />
      )}
      <AddSshKeyDialog opened={isAdding} onClose={() => setAdding(false)} />
    </Section>
  );
}

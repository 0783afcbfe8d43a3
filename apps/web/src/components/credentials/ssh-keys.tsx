import { Code, Loader, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { ErrorNotice } from '../error-notice.js';
import { AddSshKeyDialog } from './add-ssh-key-dialog.js';
import { type CredentialSource, keysKey } from './credential-source.js';
import { CredentialsTable } from './credentials-table.js';

interface Props {
  readonly source: CredentialSource;
  /** The button that opens the dialog has the id `add-ssh-key`. */
  readonly isAdding: boolean;
  readonly onClose: () => void;
}

export function SshKeys({ source, isAdding, onClose }: Props) {
  const keys = useQuery({
    queryKey: keysKey(source),
    queryFn: async ({ signal }) => (await source.listKeys(signal)).result,
  });
  return (
    <>
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
          queryKey={keysKey(source)}
          addButtonId="add-ssh-key"
          kind="SSH key"
          detailHeading="Fingerprint"
          rows={keys.data.map((key) => ({ ...key, detail: <Code>{key.fingerprint}</Code> }))}
          consequence="Clients that sign with it are refused from now on."
          onDelete={source.deleteKey}
        />
      )}
      <AddSshKeyDialog source={source} opened={isAdding} onClose={onClose} />
    </>
  );
}

import { listPasskeys } from '@latchkey/contract/routes/passkeys';
import type { Passkey } from '@latchkey/contract/schemas/passkey';
import { Button, Loader, Menu, Table, Text } from '@mantine/core';
import { IconPencil, IconPlus, IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ActionsMenu } from '../../components/actions-menu.js';
import { ErrorNotice } from '../../components/error-notice.js';
import { RelativeTime } from '../../components/relative-time.js';
import { actionsColumn, ScrollingTable } from '../../components/scrolling-table.js';
import { transport } from '../../lib/api.js';
import { focusFirst } from '../../lib/focus-first.js';
import { AddPasskeyDialog } from './add-passkey-dialog.js';
import { passkeysKey } from './passkeys-key.js';
import { RemovePasskeyDialog } from './remove-passkey-dialog.js';
import { RenamePasskeyDialog } from './rename-passkey-dialog.js';
import { Section } from './section.js';

type Dialog = { readonly kind: 'add' } | { readonly kind: 'rename' | 'remove'; readonly passkey: Passkey };

export function PasskeysSection() {
  const [dialog, setDialog] = useState<Dialog | null>(null);
  const passkeys = useQuery({
    queryKey: passkeysKey,
    queryFn: async ({ signal }) => (await transport.call(listPasskeys, { signal })).result,
  });
  const close = () => {
    setDialog(null);
    const menus = dialog && 'passkey' in dialog ? [`[data-actions="${dialog.passkey.uuid}"]`] : [];
    focusFirst(...menus, '#add-passkey');
  };
  return (
    <Section
      title="Passkeys"
      description="Sign you in to the web app without a password or a code: your device checks who you are."
      action={
        <Button
          id="add-passkey"
          style={{ flexShrink: 0 }}
          leftSection={<IconPlus size={16} aria-hidden />}
          onClick={() => setDialog({ kind: 'add' })}
        >
          Add passkey
        </Button>
      }
    >
      <ErrorNotice error={passkeys.error} title="The passkeys could not be loaded" />
      {passkeys.isPending && <Loader size="sm" aria-label="Loading the passkeys" />}
      {passkeys.data?.length === 0 && (
        <Text size="sm">
          No passkeys yet. A phone, a computer, a password manager or a security key keeps them.
        </Text>
      )}
      {passkeys.data && passkeys.data.length > 0 && (
        <PasskeysTable passkeys={passkeys.data} onOpen={setDialog} />
      )}
      {dialog?.kind === 'add' && <AddPasskeyDialog onClose={close} />}
      {dialog?.kind === 'rename' && <RenamePasskeyDialog passkey={dialog.passkey} onClose={close} />}
      {dialog?.kind === 'remove' && <RemovePasskeyDialog passkey={dialog.passkey} onClose={close} />}
    </Section>
  );
}

const places: Readonly<Record<Passkey['syncState'], string>> = {
  synced: 'Synced',
  syncable: 'Not synced yet',
  deviceBound: 'One device only',
};

function PasskeysTable({
  passkeys,
  onOpen,
}: {
  readonly passkeys: readonly Passkey[];
  readonly onOpen: (dialog: Dialog) => void;
}) {
  return (
    <ScrollingTable
      label="Passkeys"
      minWidth={560}
      columns={['Name', 'Kept', 'Added', 'Last used', actionsColumn]}
    >
      {passkeys.map((passkey) => (
        <Table.Tr key={passkey.uuid}>
          <Table.Td fw={600}>{passkey.name}</Table.Td>
          <Table.Td>{places[passkey.syncState]}</Table.Td>
          <Table.Td>
            <RelativeTime timestamp={passkey.createdAt} />
          </Table.Td>
          <Table.Td>
            {passkey.lastUsedAt === null ? 'Never' : <RelativeTime timestamp={passkey.lastUsedAt} />}
          </Table.Td>
          <Table.Td ta="right">
            <ActionsMenu of={passkey.uuid} name={passkey.name}>
              <Menu.Item
                leftSection={<IconPencil size={16} aria-hidden />}
                onClick={() => onOpen({ kind: 'rename', passkey })}
              >
                Rename
              </Menu.Item>
              <Menu.Item
                color="var(--mantine-color-error)"
                leftSection={<IconTrash size={16} aria-hidden />}
                onClick={() => onOpen({ kind: 'remove', passkey })}
              >
                Remove
              </Menu.Item>
            </ActionsMenu>
          </Table.Td>
        </Table.Tr>
      ))}
    </ScrollingTable>
  );
}

import { deleteIntegration } from '@latchkey/contract/routes/integrations';
import type { Integration } from '@latchkey/contract/schemas/integration';
import { Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { ConfirmDialog } from '../../components/confirm-dialog.js';
import { transport } from '../../lib/api.js';
import { countOf } from '../../lib/format.js';
import { useIntegrationMutation } from './use-integration-mutation.js';

export function DeleteIntegrationDialog({
  integration,
  onClose,
}: {
  readonly integration: Integration;
  readonly onClose: () => void;
}) {
  const { integrationUuid, itemsCount, title } = integration;
  const [typed, setTyped] = useState('');
  const isUsed = itemsCount > 0;
  const deletion = useIntegrationMutation(
    () =>
      transport.call(deleteIntegration, {
        params: { integrationUuid },
        query: isUsed ? { force: true } : {},
      }),
    onClose,
  );
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={`Delete ${title}?`}
      confirmLabel="Delete"
      isDanger
      isDisabled={isUsed && typed.trim() !== title}
      isPending={deletion.isPending}
      error={deletion.error}
      onConfirm={() => deletion.mutate()}
    >
      {isUsed ? (
        <>
          <Text size="sm">
            {countOf(itemsCount, 'item is', 'items are')} registered through this integration. They stay in
            their folders, but nobody can open them any more.
          </Text>
          <TextInput
            label={`To delete it all the same, type its title: ${title}`}
            autoComplete="off"
            spellCheck={false}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
        </>
      ) : (
        <Text size="sm">No items are registered through this integration. Your storage is not touched.</Text>
      )}
    </ConfirmDialog>
  );
}

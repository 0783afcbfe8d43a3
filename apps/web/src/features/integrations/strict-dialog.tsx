import { patchIntegration } from '@latchkey/contract/routes/integrations';
import type { Integration } from '@latchkey/contract/schemas/integration';
import { Text } from '@mantine/core';
import { ConfirmDialog } from '../../components/confirm-dialog.js';
import { transport } from '../../lib/api.js';
import { StrictExplanation } from './integration-fields.js';
import { useIntegrationMutation } from './use-integration-mutation.js';

/** Confirms switching strict client-only access; stays open with the refusal when items stand against it. */
export function StrictDialog({
  integration,
  onClose,
}: {
  readonly integration: Integration;
  readonly onClose: () => void;
}) {
  const { integrationUuid, strictClientOnly, title } = integration;
  const change = useIntegrationMutation(
    () =>
      transport.call(patchIntegration, {
        params: { integrationUuid },
        body: { strictClientOnly: !strictClientOnly },
      }),
    onClose,
  );
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={`${strictClientOnly ? 'Switch off' : 'Switch on'} strict client-only access for ${title}?`}
      confirmLabel={strictClientOnly ? 'Switch off' : 'Switch on'}
      isPending={change.isPending}
      error={change.error}
      onConfirm={() => change.mutate()}
    >
      {strictClientOnly ? (
        <Text size="sm">
          From now on the server may read files of this integration to measure them. Manifests no longer need
          media metadata.
        </Text>
      ) : (
        <StrictExplanation />
      )}
    </ConfirmDialog>
  );
}

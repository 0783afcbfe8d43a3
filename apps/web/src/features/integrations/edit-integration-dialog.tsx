import { patchIntegration } from '@latchkey/contract/routes/integrations';
import type { Integration } from '@latchkey/contract/schemas/integration';
import { Button, Group, Modal, Stack } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { ErrorNotice } from '../../components/error-notice.js';
import { transport } from '../../lib/api.js';
import { gatewaysOfLines, gatewaysProblem, linesOfGateways } from './gateway-lines.js';
import { GatewaysInput } from './gateways-input.js';
import { hostsOfLines } from './hosts.js';
import { HostsInput, hostsProblem, TitleInput } from './integration-fields.js';
import { SignerInput } from './signer/signer-input.js';
import { useIntegrationMutation } from './use-integration-mutation.js';

export function EditIntegrationDialog({
  integration,
  onClose,
  onTestSigner,
}: {
  readonly integration: Integration;
  readonly onClose: () => void;
  readonly onTestSigner: (integration: Integration) => void;
}) {
  const [title, setTitle] = useState(integration.title);
  const [hosts, setHosts] = useState(integration.allowedHosts.join('\n'));
  const [gateways, setGateways] = useState(linesOfGateways(integration.gateways));
  const [signerUrl, setSignerUrl] = useState(integration.signerUrl ?? '');
  const [isTesting, setTesting] = useState(false);
  const change = useIntegrationMutation(
    () =>
      transport.call(patchIntegration, {
        params: { integrationUuid: integration.integrationUuid },
        body: {
          title: title.trim(),
          allowedHosts: hostsOfLines(hosts),
          signerUrl: signerUrl.trim() || null,
          gateways: gatewaysOfLines(gateways),
        },
      }),
    (changed) => (isTesting ? onTestSigner(changed) : onClose()),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (hostsProblem(hosts) === null && gatewaysProblem(gateways) === null) change.mutate();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={`Edit ${integration.title}`}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <form onSubmit={submit}>
        <Stack>
          <TitleInput value={title} onChange={setTitle} />
          <HostsInput value={hosts} onChange={setHosts} />
          <GatewaysInput value={gateways} onChange={setGateways} />
          <SignerInput value={signerUrl} onChange={setSignerUrl} />
          <ErrorNotice error={change.error} title="The integration was not changed" />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            {signerUrl.trim() !== '' && (
              <Button
                type="submit"
                variant="default"
                loading={change.isPending && isTesting}
                disabled={title.trim() === ''}
                onClick={() => setTesting(true)}
              >
                Save and test the signer
              </Button>
            )}
            <Button
              type="submit"
              loading={change.isPending && !isTesting}
              disabled={title.trim() === ''}
              onClick={() => setTesting(false)}
            >
              Save
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

import { createIntegration } from '@latchkey/contract/routes/integrations';
import type { Integration } from '@latchkey/contract/schemas/integration';
import { Accordion, Button, Group, Modal, Radio, Stack, Text } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { ErrorNotice } from '../../components/error-notice.js';
import { transport } from '../../lib/api.js';
import { gatewaysOfLines, gatewaysProblem } from './gateway-lines.js';
import { GatewaysInput } from './gateways-input.js';
import { hostsOfLines } from './hosts.js';
import { HostsInput, hostsProblem, StrictCheckbox, TitleInput } from './integration-fields.js';
import { SignerInput } from './signer/signer-input.js';
import { useIntegrationMutation } from './use-integration-mutation.js';

interface AddIntegrationDialogProps {
  readonly onClose: () => void;
  readonly onTestSigner: (integration: Integration) => void;
}

export function AddIntegrationDialog({
  opened,
  ...form
}: AddIntegrationDialogProps & { readonly opened: boolean }) {
  return (
    <Modal
      opened={opened}
      onClose={form.onClose}
      title="Add integration"
      size="lg"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <AddIntegrationForm {...form} />
    </Modal>
  );
}

function AddIntegrationForm({ onClose, onTestSigner }: AddIntegrationDialogProps) {
  const [title, setTitle] = useState('');
  const [isStrict, setStrict] = useState(false);
  const [hosts, setHosts] = useState('');
  const [gateways, setGateways] = useState('');
  const [signerUrl, setSignerUrl] = useState('');
  const creation = useIntegrationMutation(
    () =>
      transport.call(createIntegration, {
        body: {
          title: title.trim(),
          type: 'directAccess',
          strictClientOnly: isStrict,
          allowedHosts: hostsOfLines(hosts),
          signerUrl: signerUrl.trim() || null,
          gateways: gatewaysOfLines(gateways),
        },
      }),
    (created) => (created.signerUrl === null ? onClose() : onTestSigner(created)),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (hostsProblem(hosts) === null && gatewaysProblem(gateways) === null) creation.mutate();
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <TypeCards />
        <TitleInput value={title} onChange={setTitle} />
        <Accordion variant="contained" defaultValue="advanced">
          <Accordion.Item value="advanced">
            <Accordion.Control>Advanced</Accordion.Control>
            <Accordion.Panel>
              <Stack>
                <StrictCheckbox checked={isStrict} onChange={setStrict} />
                <HostsInput value={hosts} onChange={setHosts} />
                <GatewaysInput value={gateways} onChange={setGateways} />
                <SignerInput value={signerUrl} onChange={setSignerUrl} />
              </Stack>
            </Accordion.Panel>
          </Accordion.Item>
        </Accordion>
        <ErrorNotice error={creation.error} title="The integration was not created" />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={creation.isPending} disabled={title.trim() === ''}>
            {signerUrl.trim() === '' ? 'Create' : 'Create and test the signer'}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function TypeCards() {
  return (
    <Radio.Group label="Type" value="directAccess">
      <Radio.Card value="directAccess" mt={4} p="md">
        <Group wrap="nowrap" align="flex-start">
          <Radio.Indicator />
          <div>
            <Text fw={600}>Direct Access</Text>
            <Text size="sm" c="dimmed">
              You supply URLs that are signed already, or need no signing. Latchkey holds no key of your
              storage.
            </Text>
          </div>
        </Group>
      </Radio.Card>
    </Radio.Group>
  );
}

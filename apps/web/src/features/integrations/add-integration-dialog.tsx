import { createIntegration } from '@latchkey/contract/routes/integrations';
import { Accordion, Button, Group, Modal, Radio, Stack, Text } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { ErrorNotice } from '../../components/error-notice.js';
import { transport } from '../../lib/api.js';
import { hostsOfLines } from './hosts.js';
import { HostsInput, hostsProblem, StrictCheckbox, TitleInput } from './integration-fields.js';
import { useIntegrationMutation } from './use-integration-mutation.js';

export function AddIntegrationDialog({
  opened,
  onClose,
}: {
  readonly opened: boolean;
  readonly onClose: () => void;
}) {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title="Add integration"
      size="lg"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <AddIntegrationForm onClose={onClose} />
    </Modal>
  );
}

function AddIntegrationForm({ onClose }: { readonly onClose: () => void }) {
  const [title, setTitle] = useState('');
  const [isStrict, setStrict] = useState(false);
  const [hosts, setHosts] = useState('');
  const creation = useIntegrationMutation(
    () =>
      transport.call(createIntegration, {
        body: {
          title: title.trim(),
          type: 'directAccess',
          strictClientOnly: isStrict,
          allowedHosts: hostsOfLines(hosts),
        },
      }),
    onClose,
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (hostsProblem(hosts) === null) creation.mutate();
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
            Create
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

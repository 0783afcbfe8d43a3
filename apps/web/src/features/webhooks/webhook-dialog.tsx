import { createWebhook, patchWebhook } from '@latchkey/contract/routes/webhooks';
import type { Webhook, WebhookEventType } from '@latchkey/contract/schemas/webhook';
import { Button, Checkbox, Group, Modal, Stack, Switch, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { ErrorNotice } from '../../components/error-notice.js';
import { transport } from '../../lib/api.js';
import { eventNames } from './event-names.js';
import { NewSecret } from './new-secret.js';
import { useWebhookMutation } from './use-webhook-mutation.js';

interface Props {
  /** Undefined: a new one. */
  readonly webhook?: Webhook;
  readonly onClose: () => void;
}

/** Adds a webhook, and shows its secret once; or changes one. */
export function WebhookDialog({ webhook, onClose }: Props) {
  return (
    <Modal
      opened
      onClose={onClose}
      title={webhook ? 'Edit webhook' : 'Add webhook'}
      size="lg"
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <WebhookForm {...(webhook && { webhook })} onClose={onClose} />
    </Modal>
  );
}

function WebhookForm({ webhook, onClose }: Props) {
  const [url, setUrl] = useState(webhook?.url ?? '');
  const [description, setDescription] = useState(webhook?.description ?? '');
  const [isEnabled, setEnabled] = useState(webhook?.isEnabled ?? true);
  const [events, setEvents] = useState<string[]>(webhook?.events ?? Object.keys(eventNames));
  const saving = useWebhookMutation(
    async () => {
      // The values of the checkboxes are the keys of the names.
      const fields = { url: url.trim(), description, events: events as WebhookEventType[] };
      if (!webhook) return (await transport.call(createWebhook, { body: fields })).secret;
      const params = { webhookUuid: webhook.webhookUuid };
      await transport.call(patchWebhook, { params, body: { ...fields, isEnabled } });
      return null;
    },
    () => webhook && onClose(),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    saving.mutate();
  };
  if (saving.data) return <NewSecret secret={saving.data} onClose={onClose} />;
  return (
    <form onSubmit={submit}>
      <Stack>
        <TextInput
          label="URL"
          description="https, at a public address; an operator can allow private ones."
          placeholder="https://hooks.example.com/latchkey"
          required
          data-autofocus
          value={url}
          onChange={(event) => setUrl(event.currentTarget.value)}
        />
        <TextInput
          label="Description"
          value={description}
          onChange={(event) => setDescription(event.currentTarget.value)}
        />
        <Checkbox.Group label="Events" value={events} onChange={setEvents}>
          <Stack gap="xs" mt="xs">
            {Object.entries(eventNames).map(([type, label]) => (
              <Checkbox key={type} value={type} label={label} />
            ))}
          </Stack>
        </Checkbox.Group>
        {webhook && (
          <Switch
            label="Switched on"
            checked={isEnabled}
            onChange={(event) => setEnabled(event.currentTarget.checked)}
          />
        )}
        <ErrorNotice error={saving.error} title="The webhook was not saved" />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button
            type="submit"
            loading={saving.isPending}
            disabled={url.trim() === '' || events.length === 0}
          >
            {webhook ? 'Save' : 'Add webhook'}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

import type { Webhook } from '@latchkey/contract/schemas/webhook';
import { Button } from '@mantine/core';
import { IconPlus, IconWebhook } from '@tabler/icons-react';
import { useState } from 'react';
import { CenteredLoader } from '../../components/centered-loader.js';
import { EmptyState } from '../../components/empty-state.js';
import { ErrorNotice } from '../../components/error-notice.js';
import { PageHeader } from '../../components/page-header.js';
import { focusFirst } from '../../lib/focus-first.js';
import { DeleteWebhookDialog } from './delete-webhook-dialog.js';
import { RotateSecretDialog } from './rotate-secret-dialog.js';
import { TestWebhookDialog } from './test-webhook-dialog.js';
import { useWebhooks } from './use-webhook-mutation.js';
import { WebhookDialog } from './webhook-dialog.js';
import { type WebhookAction, WebhooksTable } from './webhooks-table.js';

const addButtonId = 'add-webhook';
const dialogs = {
  edit: WebhookDialog,
  test: TestWebhookDialog,
  rotate: RotateSecretDialog,
  delete: DeleteWebhookDialog,
};

/** URLs that are told what happens. */
export function WebhooksPage() {
  const webhooks = useWebhooks();
  const [isAdding, setAdding] = useState(false);
  const [open, setOpen] = useState<{ action: WebhookAction; webhook: Webhook } | null>(null);
  const Dialog = open && dialogs[open.action];
  const close = () => {
    setOpen(null);
    if (open) focusFirst(`[data-actions="${open.webhook.webhookUuid}"]`, `#${addButtonId}`);
  };
  return (
    <>
      <PageHeader
        title="Webhooks"
        description="URLs of yours that Latchkey tells what happens, by signed messages."
        actions={
          <Button
            id={addButtonId}
            leftSection={<IconPlus size={16} aria-hidden />}
            onClick={() => setAdding(true)}
          >
            Add webhook
          </Button>
        }
      />
      <ErrorNotice error={webhooks.error} title="The webhooks could not be loaded" />
      {webhooks.isPending && <CenteredLoader label="Loading the webhooks" />}
      {webhooks.data?.length === 0 && (
        <EmptyState icon={<IconWebhook size={28} />} title="No webhooks yet">
          Add one to be told when an upload job has finished, items expire or an integration changes.
        </EmptyState>
      )}
      {webhooks.data && webhooks.data.length > 0 && (
        <WebhooksTable
          webhooks={webhooks.data}
          onAction={(action, webhook) => setOpen({ action, webhook })}
        />
      )}
      {isAdding && <WebhookDialog onClose={() => setAdding(false)} />}
      {open && Dialog && <Dialog webhook={open.webhook} onClose={close} />}
    </>
  );
}

import type { Integration } from '@latchkey/contract/schemas/integration';
import { Button } from '@mantine/core';
import { IconPlugConnected, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { CenteredLoader } from '../../components/centered-loader.js';
import { EmptyState } from '../../components/empty-state.js';
import { ErrorNotice } from '../../components/error-notice.js';
import { PageHeader } from '../../components/page-header.js';
import { focusFirst } from '../../lib/focus-first.js';
import { useIntegrations } from '../../lib/integrations.js';
import { AddIntegrationDialog } from './add-integration-dialog.js';
import { DeleteIntegrationDialog } from './delete-integration-dialog.js';
import { EditIntegrationDialog } from './edit-integration-dialog.js';
import { type IntegrationAction, IntegrationsTable } from './integrations-table.js';
import { MembersDialog } from './members-dialog.js';
import { TestSignerDialog } from './signer/test-signer-dialog.js';
import { StrictDialog } from './strict-dialog.js';

const addButtonId = 'add-integration';
const dialogs = {
  edit: EditIntegrationDialog,
  members: MembersDialog,
  strict: StrictDialog,
  signer: TestSignerDialog,
  delete: DeleteIntegrationDialog,
};

export function IntegrationsPage() {
  const integrations = useIntegrations();
  const [isAdding, setAdding] = useState(false);
  const [open, setOpen] = useState<{ action: IntegrationAction; integration: Integration } | null>(null);
  const Dialog = open && dialogs[open.action];
  const close = () => {
    setOpen(null);
    if (open) focusFirst(`[data-actions="${open.integration.integrationUuid}"]`, `#${addButtonId}`);
  };
  const testSigner = (integration: Integration) => {
    setAdding(false);
    setOpen({ action: 'signer', integration });
  };
  const addButton = (
    <Button id={addButtonId} leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setAdding(true)}>
      Add integration
    </Button>
  );
  const isEmpty = integrations.data?.length === 0;
  return (
    <>
      <PageHeader
        title="Integrations"
        description="How Latchkey reaches your data. With Direct Access you supply the signed URLs yourself."
        actions={addButton}
      />
      <ErrorNotice error={integrations.error} title="The integrations could not be loaded" />
      {integrations.isPending && <CenteredLoader label="Loading the integrations" />}
      {isEmpty && (
        <EmptyState icon={<IconPlugConnected size={28} />} title="No integrations yet">
          Add a Direct Access integration to register data by URL. An administrator can also add you to an
          existing one.
        </EmptyState>
      )}
      {integrations.data && !isEmpty && (
        <IntegrationsTable
          integrations={integrations.data}
          onAction={(action, integration) => setOpen({ action, integration })}
        />
      )}
      <AddIntegrationDialog opened={isAdding} onClose={() => setAdding(false)} onTestSigner={testSigner} />
      {open && Dialog && <Dialog integration={open.integration} onClose={close} onTestSigner={testSigner} />}
    </>
  );
}

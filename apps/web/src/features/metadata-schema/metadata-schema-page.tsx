import { Button } from '@mantine/core';
import { IconPlus, IconTags } from '@tabler/icons-react';
import { useState } from 'react';
import { CenteredLoader } from '../../components/centered-loader.js';
import { EmptyState } from '../../components/empty-state.js';
import { ErrorNotice } from '../../components/error-notice.js';
import { PageHeader } from '../../components/page-header.js';
import { focusFirst } from '../../lib/focus-first.js';
import { useMetadataSchema } from '../../lib/metadata-schema.js';
import { DeleteKeyDialog } from './delete-key-dialog.js';
import { KeyDialog } from './key-dialog.js';
import { type KeyAction, KeysTable, type SchemaKey } from './keys-table.js';
import { RestoreKeyDialog } from './restore-key-dialog.js';

const addButtonId = 'add-metadata-key';
const dialogs = { edit: KeyDialog, delete: DeleteKeyDialog, restore: RestoreKeyDialog };

/** Which keys of client metadata ask for values of which type. */
export function MetadataSchemaPage() {
  const schema = useMetadataSchema();
  const [isAdding, setAdding] = useState(false);
  const [open, setOpen] = useState<{ action: KeyAction; schemaKey: SchemaKey } | null>(null);
  const Dialog = open && dialogs[open.action];
  const keys = Object.entries(schema.data ?? {}).map(([key, type]) => ({ key, type }));
  const close = () => {
    setOpen(null);
    if (open) focusFirst(`[data-actions="${CSS.escape(open.schemaKey.key)}"]`, `#${addButtonId}`);
  };
  return (
    <>
      <PageHeader
        title="Metadata schema"
        description="Which keys of client metadata ask for values of which type. Values under other keys are free."
        actions={
          <Button
            id={addButtonId}
            leftSection={<IconPlus size={16} aria-hidden />}
            onClick={() => setAdding(true)}
          >
            Add key
          </Button>
        }
      />
      <ErrorNotice error={schema.error} title="The metadata schema could not be loaded" />
      {schema.isPending && <CenteredLoader label="Loading the metadata schema" />}
      {schema.data && keys.length === 0 && (
        <EmptyState icon={<IconTags size={28} />} title="No keys yet">
          Add one to have its values checked at registration and at every edit, and to filter lists by it.
        </EmptyState>
      )}
      {keys.length > 0 && (
        <KeysTable keys={keys} onAction={(action, schemaKey) => setOpen({ action, schemaKey })} />
      )}
      {isAdding && <KeyDialog onClose={() => setAdding(false)} />}
      {open && Dialog && <Dialog schemaKey={open.schemaKey} onClose={close} />}
    </>
  );
}

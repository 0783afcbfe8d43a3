import { Text } from '@mantine/core';
import { ConfirmDialog } from '../../components/confirm-dialog.js';
import { useChangeMetadataSchema } from '../../lib/metadata-schema.js';
import type { SchemaKey } from './keys-table.js';
import { liveTypeOf, typeName } from './type-text.js';

export function RestoreKeyDialog({ schemaKey, onClose }: { schemaKey: SchemaKey; onClose: () => void }) {
  const { key, type } = schemaKey;
  const live = liveTypeOf(type);
  const saving = useChangeMetadataSchema(onClose);
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={`Restore the key “${key}”?`}
      confirmLabel="Restore key"
      isPending={saving.isPending}
      isDisabled={!live}
      error={saving.error}
      onConfirm={() => live && saving.mutate((current) => ({ ...current, [key]: live }))}
    >
      <Text size="sm">
        Its values are checked again{live && `, as ${typeName(live).toLowerCase()}`}. Items whose values do
        not fit keep them.
      </Text>
    </ConfirmDialog>
  );
}

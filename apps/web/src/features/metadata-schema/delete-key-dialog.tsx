import { Radio, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { ConfirmDialog } from '../../components/confirm-dialog.js';
import { useChangeMetadataSchema } from '../../lib/metadata-schema.js';
import type { SchemaKey } from './keys-table.js';

type Way = 'restorable' | 'forget' | 'hard';

const ways: readonly { way: Way; label: string; description: string }[] = [
  {
    way: 'restorable',
    label: 'Delete, and keep the type',
    description: 'The key can be restored as it is now.',
  },
  {
    way: 'forget',
    label: 'Take it out of the schema',
    description: 'The key can be added again, with any type.',
  },
  { way: 'hard', label: 'Delete for good', description: 'The key can never have a type again.' },
];

export function DeleteKeyDialog({ schemaKey, onClose }: { schemaKey: SchemaKey; onClose: () => void }) {
  const { key } = schemaKey;
  const [way, setWay] = useState<Way>('restorable');
  const saving = useChangeMetadataSchema(onClose);
  const confirm = () =>
    saving.mutate((current) => {
      const { [key]: type, ...others } = current;
      if (!type || type.ty === 'tombstone' || way === 'forget') return others;
      return { ...current, [key]: way === 'hard' ? { ty: 'tombstone' } : buried(type) };
    });
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={`Delete the key “${key}”?`}
      confirmLabel="Delete key"
      isDanger
      isPending={saving.isPending}
      error={saving.error}
      onConfirm={confirm}
    >
      <Text size="sm">Items keep what they have under it. From now on its values are free.</Text>
      <Radio.Group
        aria-label="What becomes of the key"
        value={way}
        onChange={(value) => setWay(value as Way)}
      >
        <Stack gap="xs">
          {ways.map((each) => (
            <Radio key={each.way} value={each.way} label={each.label} description={each.description} />
          ))}
        </Stack>
      </Radio.Group>
    </ConfirmDialog>
  );
}

function buried({ ty, deleted_ty: _, ...rest }: SchemaKey['type']): SchemaKey['type'] {
  return ty === 'tombstone' ? { ty } : { ty: 'tombstone', deleted_ty: { ty, ...rest } };
}

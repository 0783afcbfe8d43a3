import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { CopyField } from '../../components/copy-field.js';

export function NewSecret({ secret, onClose }: { readonly secret: string; readonly onClose: () => void }) {
  return (
    <Stack>
      <Alert icon={<IconInfoCircle aria-hidden />} role="status">
        <Text size="sm">
          Copy the secret now. It is not shown again. The receiver verifies with it that messages are from
          here.
        </Text>
      </Alert>
      <CopyField label="Secret" value={secret} />
      <Group justify="flex-end">
        <Button onClick={onClose}>Done</Button>
      </Group>
    </Stack>
  );
}

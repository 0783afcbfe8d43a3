import type { CreatedOneTimeLink } from '@latchkey/contract/schemas/one-time-link';
import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { CopyField } from '../../components/copy-field.js';
import { RelativeTime } from '../../components/relative-time.js';

/** A link that was just made, with what to do with it. */
export function CreatedLink({
  link,
  email,
  onClose,
}: {
  readonly link: CreatedOneTimeLink;
  readonly email: string;
  readonly onClose: () => void;
}) {
  return (
    <Stack>
      <Alert icon={<IconInfoCircle aria-hidden />} role="status">
        <Text size="sm">
          Send the link to {email} yourself, by a way that you trust. It is not shown again, works once, and
          expires <RelativeTime timestamp={link.expiresAt} />.
        </Text>
      </Alert>
      <CopyField label="Link" value={link.url} />
      <Group justify="flex-end">
        <Button onClick={onClose}>Done</Button>
      </Group>
    </Stack>
  );
}

import { Alert, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { ObjectLink } from '../object-link.js';

interface CannotShowProps {
  readonly title: string;
  readonly url: string;
  readonly children: ReactNode;
}

/** The bytes arrived, and the viewer tells itself what is wrong with them. */
export function CannotShow({ title, url, children }: CannotShowProps) {
  return (
    <Stack align="start">
      <Alert
        color="red"
        role="alert"
        title={title}
        icon={<IconAlertTriangle aria-hidden />}
        data-failure="unreadable"
      >
        <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
          {children}
        </Text>
      </Alert>
      <ObjectLink url={url} />
    </Stack>
  );
}

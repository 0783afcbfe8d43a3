import { ApiError } from '@latchkey/sdk/errors';
import { Alert, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';

const messageOf = (error: unknown): string =>
  error instanceof Error && error.message ? error.message : 'Something went wrong in the page.';

/** Says what went wrong and what to do about it; read out by screen readers when it appears. */
export function ErrorNotice({ error, title }: { readonly error: unknown; readonly title?: string }) {
  if (error === null || error === undefined) return null;
  const refusal = error instanceof ApiError ? error : undefined;
  return (
    <Alert
      color="red"
      role="alert"
      title={title ?? 'That did not work'}
      icon={<IconAlertTriangle aria-hidden />}
    >
      <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
        {messageOf(error)}
      </Text>
      {refusal?.hint && !refusal.message.includes(refusal.hint) && <Text size="sm">{refusal.hint}</Text>}
      {refusal && (
        <Text size="xs" c="dimmed" mt={4}>
          Code: {refusal.code}
          {refusal.requestId && `, request ${refusal.requestId}`}
        </Text>
      )}
    </Alert>
  );
}

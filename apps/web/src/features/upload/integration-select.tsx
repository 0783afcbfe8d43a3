import { Alert, Anchor, Loader, Select, Stack, Text } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { Link } from 'react-router';
import { ClientOnlyBadge } from '../../components/client-only-badge.js';
import { ErrorNotice } from '../../components/error-notice.js';
import { useIntegrations } from '../../lib/integrations.js';

export function IntegrationSelect({
  value,
  onChange,
}: {
  readonly value: string | null;
  readonly onChange: (integrationUuid: string | null) => void;
}) {
  const integrations = useIntegrations();
  if (integrations.isPending) return <Loader size="sm" aria-label="Loading the integrations" />;
  if (!integrations.data)
    return <ErrorNotice error={integrations.error} title="The integrations could not be loaded" />;
  if (integrations.data.length === 0)
    return (
      <Alert icon={<IconInfoCircle aria-hidden />} title="You have no integration yet">
        <Text size="sm">
          Cloud data is imported through an integration.{' '}
          <Anchor component={Link} to="/integrations" size="sm">
            Add an integration
          </Anchor>
        </Text>
      </Alert>
    );
  const chosen = integrations.data.find(({ integrationUuid }) => integrationUuid === value);
  return (
    <Stack gap={6}>
      <Select
        label="Integration"
        placeholder="Choose an integration"
        required
        data={integrations.data.map(({ integrationUuid, title }) => ({
          value: integrationUuid,
          label: title,
        }))}
        value={value}
        onChange={onChange}
        allowDeselect={false}
      />
      {chosen?.strictClientOnly && (
        <>
          <ClientOnlyBadge />
          <Text size="xs" c="dimmed">
            The manifest must carry the media metadata of every file: the server does not read them. What is
            missing your browser can measure.
          </Text>
        </>
      )}
    </Stack>
  );
}

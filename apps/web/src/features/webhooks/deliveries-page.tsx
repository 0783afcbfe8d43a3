import { listWebhookDeliveries } from '@latchkey/contract/routes/webhooks';
import { type WebhookDeliveryStatus, webhookDeliveryStatuses } from '@latchkey/contract/schemas/webhook';
import { Anchor, Button, Group, Select } from '@mantine/core';
import { IconRefresh, IconSend } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { CenteredLoader } from '../../components/centered-loader.js';
import { EmptyState } from '../../components/empty-state.js';
import { ErrorNotice } from '../../components/error-notice.js';
import { PageHeader } from '../../components/page-header.js';
import { transport } from '../../lib/api.js';
import { DeliveriesTable } from './deliveries-table.js';
import { useWebhooks } from './use-webhook-mutation.js';

const statusNames: Readonly<Record<WebhookDeliveryStatus, string>> = {
  pending: 'Waiting',
  delivered: 'Delivered',
  failed: 'Failed',
};
const statuses = webhookDeliveryStatuses.map((value) => ({ value, label: statusNames[value] }));

/** What was sent to one webhook, the newest first. */
export function DeliveriesPage() {
  const { webhookUuid = '' } = useParams();
  const [status, setStatus] = useState<string | null>(null);
  const webhook = useWebhooks().data?.find((each) => each.webhookUuid === webhookUuid);
  const deliveries = useInfiniteQuery({
    queryKey: ['webhooks', webhookUuid, 'deliveries', status],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      transport.call(listWebhookDeliveries, {
        params: { webhookUuid },
        query: { pageSize: 50, pageToken: pageParam, ...(isStatus(status) && { status }) },
        signal,
      }),
    getNextPageParam: (page) => page.nextPageToken ?? undefined,
  });
  const rows = deliveries.data?.pages.flatMap(({ results }) => results) ?? [];
  return (
    <>
      <Anchor component={Link} to="/webhooks" size="sm">
        All webhooks
      </Anchor>
      <PageHeader title="Deliveries" description={webhook?.url ?? ''} />
      <Group align="flex-end" mb="md">
        <Select
          label="Status"
          placeholder="All"
          clearable
          clearButtonProps={{ 'aria-label': 'Clear the status' }}
          data={statuses}
          value={status}
          onChange={setStatus}
        />
        <Button
          variant="default"
          leftSection={<IconRefresh size={16} aria-hidden />}
          loading={deliveries.isRefetching}
          onClick={() => void deliveries.refetch()}
        >
          Refresh
        </Button>
      </Group>
      <ErrorNotice error={deliveries.error} title="The deliveries could not be loaded" />
      {deliveries.isPending && <CenteredLoader label="Loading the deliveries" />}
      {deliveries.isSuccess && rows.length === 0 && (
        <EmptyState icon={<IconSend size={28} />} title="No deliveries">
          {status === null
            ? 'Nothing was sent yet. Send a test to see whether it works.'
            : 'None has this status.'}
        </EmptyState>
      )}
      {rows.length > 0 && <DeliveriesTable webhookUuid={webhookUuid} deliveries={rows} />}
      {deliveries.hasNextPage && (
        <Group justify="center" mt="md">
          <Button
            variant="default"
            loading={deliveries.isFetchingNextPage}
            onClick={() => void deliveries.fetchNextPage()}
          >
            Older deliveries
          </Button>
        </Group>
      )}
    </>
  );
}

const isStatus = (text: string | null): text is WebhookDeliveryStatus =>
  webhookDeliveryStatuses.some((status) => status === text);

import type { Item } from '@latchkey/contract/schemas/item';
import { ActionIcon, CopyButton, Group, Stack, Text, Title, Tooltip } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ClientOnlyBadge } from '../../components/client-only-badge.js';
import { DatasetUses } from '../../components/datasets/dataset-uses.js';
import { RelativeTime } from '../../components/relative-time.js';
import { describeExpiry, expiryColours } from '../../components/storage/expiry.js';
import { itemTypeLabels } from '../../components/storage/item-types.js';
import { useNow } from '../../lib/use-now.js';
import { ClientMetadata } from './client-metadata.js';
import { ItemHistory } from './item-history.js';
import classes from './item-page.module.css';
import { integrationsOfUser } from './item-queries.js';
import { measuredFacts } from './measured-facts.js';

interface DetailsPanelProps {
  readonly item: Item;
  readonly canEdit: boolean;
}

export function DetailsPanel({ item, canEdit }: DetailsPanelProps) {
  const facts = measuredFacts(item);
  return (
    <Stack gap="md">
      <dl style={{ margin: 0 }}>
        <Detail label="Type">{itemTypeLabels[item.itemType]}</Detail>
        {facts.map(([label, value]) => (
          <Detail key={label} label={label}>
            {value}
          </Detail>
        ))}
        {item.metadataSource === null && (
          <Detail label="Media metadata">Not measured yet: none was given, and none was read.</Detail>
        )}
        <IntegrationDetail integrationUuid={item.integrationHash} />
        <ExpiryDetail item={item} />
        <Detail label="URL, without its signature">
          {item.url === null ? 'of its members' : <Copyable value={item.url} label="Copy the URL" />}
        </Detail>
        <Detail label="Used in datasets">
          <DatasetUses item={item} />
        </Detail>
        <Detail label="Owner">{item.owner}</Detail>
        <Detail label="Created">
          <RelativeTime timestamp={item.createdAt} />
        </Detail>
        <Detail label="Last edited">
          <RelativeTime timestamp={item.lastEditedAt} />
        </Detail>
        <Detail label="UUID">
          <Copyable value={item.uuid} label="Copy the UUID" />
        </Detail>
      </dl>
      <section aria-labelledby="client-metadata">
        <Title order={2} size="h5" id="client-metadata" mb={6}>
          Client metadata
        </Title>
        <ClientMetadata item={item} canEdit={canEdit} />
      </section>
      <section aria-labelledby="item-history">
        <Title order={2} size="h5" id="item-history" mb={6}>
          History
        </Title>
        <ItemHistory item={item} />
      </section>
    </Stack>
  );
}

function Detail({ label, children }: { label: string; children: ReactNode }) {
  return (
    <>
      <dt className={classes['label']}>{label}</dt>
      <dd className={classes['value']}>{children}</dd>
    </>
  );
}

function Copyable({ value, label }: { value: string; label: string }) {
  return (
    <Group gap={4} wrap="nowrap" align="flex-start">
      <Text size="sm" ff="monospace" fz="xs" style={{ overflowWrap: 'anywhere' }}>
        {value}
      </Text>
      <CopyButton value={value}>
        {({ copied, copy }) => (
          <Tooltip label={copied ? 'Copied' : label}>
            <ActionIcon variant="subtle" color="gray" size="sm" aria-label={label} onClick={copy}>
              {copied ? <IconCheck size={14} aria-hidden /> : <IconCopy size={14} aria-hidden />}
            </ActionIcon>
          </Tooltip>
        )}
      </CopyButton>
    </Group>
  );
}

function ExpiryDetail({ item }: { item: Item }) {
  const { long, tone } = describeExpiry(item, useNow(30_000));
  const colour = expiryColours[tone];
  return (
    <Detail label="Expiry">
      <Text span size="sm" {...(colour && { c: colour })}>
        {long}
      </Text>
    </Detail>
  );
}

function IntegrationDetail({ integrationUuid }: { integrationUuid: string | null }) {
  const integrations = useQuery(integrationsOfUser);
  const integration = integrations.data?.result.find(
    (candidate) => candidate.integrationUuid === integrationUuid,
  );
  const unknown = integrations.isPending ? '…' : 'One that you are not a member of';
  return (
    <Detail label="Integration">
      <Group gap="xs" mih={22}>
        {integrationUuid === null ? 'none; it was deleted' : (integration?.title ?? unknown)}
        {integration?.strictClientOnly && <ClientOnlyBadge />}
      </Group>
    </Detail>
  );
}
